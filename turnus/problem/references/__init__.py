"""Every name in a scenario must mean something, and no key that is accepted may be ignored."""

from turnus.problem.references.budget import missing_budget, paid_minutes_by_competence
from turnus.problem.references.demand import overlapping_blocks
from turnus.problem.references.tasks import volunteer_notes
from turnus.problem.references.whole import reference_findings

__all__ = [
    "missing_budget",
    "overlapping_blocks",
    "paid_minutes_by_competence",
    "reference_findings",
    "volunteer_notes",
]
