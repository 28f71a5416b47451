"""From a file to a case: load, index, build the rules, check by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from turnus.case.precheck import precheck
from turnus.case.tasks import TaskDay, at_the_tasks, with_demand
from turnus.case.unplanned import only_planned, unplanned_notes
from turnus.errors import Finding, ImpossibleError, InputError, Path
from turnus.problem import Problem, build_problem
from turnus.problem.references import reference_findings, volunteer_notes
from turnus.problem.tasks import OTHERS
from turnus.rules import RULES, Reliance, Rule, settle
from turnus.rules.agreements import ended_before
from turnus.rules.schema import parameters
from turnus.scenario import Loaded, Scenario, load_scenario
from turnus.scenario.models import Task


@dataclass(frozen=True)
class Case:
    """What every verb works on: the file, the indexed problem, its rules and the file's hash.

    `notes` is what the planner should know before reading a result. `reachable_sizes` holds, for each
    class of posts in order, the sizes (hundredths of a percent) whose hours some set of shifts can make
    up; the problem's classes have no others.
    """

    scenario: Scenario
    problem: Problem
    rules: tuple[Rule, ...]
    sha256: str
    source: str
    notes: tuple[Finding, ...] = ()
    reachable_sizes: tuple[tuple[int, ...], ...] = ()
    #: values of the profile whose agreement the file does not name
    unnamed: tuple[Reliance, ...] = ()
    #: values let through although their agreement is missing: with any, every result is a draft
    drafts: tuple[Reliance, ...] = ()
    #: what to know about the agreements, each draft's value first
    remarks: tuple[Finding, ...] = ()
    #: how the file's tasks were turned into demand; `scenario` has that demand, and no tasks
    task_days: tuple[TaskDay, ...] = ()
    #: the file's tasks that others do, which are no demand here
    tasks_elsewhere: tuple[Task, ...] = ()

    @property
    def agreement_remarks(self) -> tuple[Finding, ...]:
        """Return the remarks without the drafts' values, which are shown for themselves."""
        return self.remarks[len(self.drafts) :]


def load_case(
    path: FilePath, overrides: Sequence[str] = (), *, to_check: bool = False, draft: bool = False
) -> Case:
    """Return the case in a scenario file, with `--set` overrides applied.

    With `to_check`, for a rota that exists already, what arithmetic refuses is a note: the audit says what
    the rota breaks. With `draft`, values whose agreement is not listed are let through and marked.

    Raises
    ------
    InputError
        With every mistake and its line and column.
    ImpossibleError
        When arithmetic alone proves that the demand cannot be met or no rota exists.
    """
    return case_of(load_scenario(path, overrides), to_check=to_check, draft=draft)


def case_of(loaded: Loaded, *, to_check: bool = False, draft: bool = False) -> Case:
    """Return the case of a scenario that has been read; raises as `load_case` does."""
    ended = ended_before(loaded.scenario)
    try:
        wrong = reference_findings(loaded.scenario) if loaded.scenario.tasks else ()
        if wrong:
            raise InputError(wrong)
        scenario, task_days = with_demand(loaded.scenario)
        problem = build_problem(scenario)
        agreed = settle(scenario, problem, draft=draft, to_check=to_check)
    except InputError as error:
        told = {finding.path for finding in ended}
        others = (finding for finding in error.findings if finding.path not in told)
        raise InputError(_located(loaded, (*ended, *others)), loaded.source) from None
    if ended and not to_check:
        raise InputError(_located(loaded, ended), loaded.source)
    if not to_check:
        problem = only_planned(problem, agreed.rules)
    checked = precheck(scenario, problem, agreed.rules)
    if not to_check and checked.errors:
        raise InputError(_located(loaded, checked.errors), loaded.source)
    if not to_check and checked.impossible:
        raise ImpossibleError(_located(loaded, checked.impossible), loaded.source)
    notes = (*volunteer_notes(loaded.scenario), *agreed.notes, *checked.notes)
    if to_check:
        notes = (*ended, *checked.impossible, *checked.errors, *notes)
    else:
        notes = (*unplanned_notes(problem, agreed.rules), *notes)
    told = {finding.path for finding in ended}
    remarks = (
        *(one.finding() for one in agreed.drafts),
        *(one for one in agreed.remarks if one.path not in told),
    )
    return Case(
        scenario,
        problem if to_check else checked.reduced(problem),
        agreed.rules,
        loaded.sha256,
        loaded.source,
        _located(loaded, notes),
        checked.reachable_sizes,
        agreed.unnamed,
        agreed.drafts,
        _located(loaded, remarks),
        task_days,
        tuple(task for task in loaded.scenario.tasks if task.done_by in OTHERS),
    )


def _located(loaded: Loaded, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    told = (at_the_tasks(finding, loaded.scenario) for finding in findings)
    return tuple(loaded.located(finding, key=_about_a_key(finding.path)) for finding in told)


def _about_a_key(path: Path) -> bool:
    """Whether a path under `rules.set` ends in a rule or a parameter that there is not."""
    if path[:2] != ("rules", "set") or len(path) < 3:
        return False
    rule = next((rule for rule in RULES if rule.id == path[2]), None)
    if rule is None:
        return len(path) == 3
    below = [part for part in path[3:] if isinstance(part, str)]
    return below == [path[-1]] and path[-1] not in (*parameters(rule), "enabled")
