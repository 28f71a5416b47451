"""All reference checks of a scenario together."""

from __future__ import annotations

from turnus.errors import Finding
from turnus.problem.references.budget import budget_findings
from turnus.problem.references.demand import demand_findings
from turnus.problem.references.frame import frame_findings
from turnus.problem.references.path import path_findings
from turnus.problem.references.shifts import shift_findings
from turnus.problem.references.staff import staff_findings
from turnus.problem.references.tasks import task_findings
from turnus.scenario.models import Scenario


def reference_findings(scenario: Scenario) -> list[Finding]:
    """Return everything in the scenario that names something unknown, contradicts itself or is not served.

    What a missing budget should hold needs the indexed demand; see `missing_budget`.
    """
    return [
        *frame_findings(scenario),
        *shift_findings(scenario),
        *demand_findings(scenario),
        *task_findings(scenario),
        *staff_findings(scenario),
        *budget_findings(scenario),
        *path_findings(scenario),
    ]
