"""A tiny case with a rota and an outcome, made by hand, for everything that shows results.

Two weeks; Kari (nurse, 75 %, wishes 100), Ola (aide, 80 %) and open posts for aides. Ola's second Monday
evening is missing, so that something is uncovered.
"""

from typing import Any

import numpy as np

from turnus.case import Case, case_of
from turnus.problem import Post, Rota
from turnus.result.outcome import GoalValue, Outcome, Polish
from turnus.scenario import read_scenario

SCENARIO = """
turnus: 1
name: "Lia <test> & co"
unit: Lia
horizon: {weeks: 2}
competences:
  nurse: {name: Nurses, covers: [aide]}
  aide: {name: Health workers}
shifts:
  - {code: D, name: Day, from: "07:30", to: "15:00", tags: [day]}
  - {code: A, name: Evening, from: "14:45", to: "22:15", tags: [evening]}
demand:
  - {block: day, from: "07:30", to: "15:00", need: {weekdays: 1}, of_which: {nurse: {monday: 1}}}
  - {block: evening, shifts: [A], need: {weekdays: 1}}
staff:
  - {name: Kari, competence: nurse, size: 50, wished_size: 75}
  - {name: Ola, competence: aide, size: 50}
open_posts: {sizes: [50, 100], competences: [aide]}
budget: {fte: 3}
hours: {under: 20 h, over: 20 h}
agreements:
  - {id: "K-7", parties: Lia and NSF, level: local, valid_until: 2027-12-31}
rules:
  set:
    daily_rest: {rest: 9 h, agreement: "K-7"}
    isolated_working_days: {strength: soft, weight: 2}
"""


def small_case(**overrides: str) -> Case:
    """Return the case; `overrides` are `--set` values with dots written as double underscores."""
    sets = [f"{key.replace('__', '.')}={value}" for key, value in overrides.items()]
    return case_of(read_scenario(SCENARIO, sets, "lia.yaml"))


LINES = ("DDDD... DD..D..", "AA..A.. .AAAA..", "..AAD.. ..DD...")


def small_rota(case: Case, lines: tuple[str, ...] = LINES) -> Rota:
    """Return the rota: Kari 75 %, Ola 50 %, one open post of 50 %."""
    codes = case.problem.codes
    rows = [[codes.index(c) if c != "." else 0 for c in line.replace(" ", "")] for line in lines]
    posts = (Post(0, 7500), Post(1, 5000), Post(2, 5000))
    return Rota(posts, np.array(rows, dtype=np.int16))


def goal(
    name: str, value: float | None, bound: float | None, *, proven: bool, unit: str = "posts"
) -> GoalValue:
    return GoalValue(name, value, bound, proven, unit)


PROOF = {
    "left_out": [{"rule": "weekly_rest", "reason": "for the test"}],
    "kinds": [{}, {}],
    "cuts": [{}] * 3,
    "checked": "bound, not re-checked",
}
GOALS = (
    goal("uncovered", 450.0, 0.0, proven=False, unit="person-minutes"),
    goal("full_time_posts", 0.0, 1.0, proven=False),
    goal("fewest_heads", 3.0, 3.0, proven=False, unit="heads"),
    goal("wishes", 0.0, None, proven=False, unit="points"),
)


def small_outcome(case: Case, **changes: Any) -> Outcome:
    """Return an outcome around the rota; `changes` replace its fields."""
    values: dict[str, Any] = {
        "status": "feasible",
        "rota": small_rota(case),
        "goals": GOALS,
        "polish": (Polish("isolated_working_days", 4, 1, "days missing"),),
        "proof": (PROOF,),
        "seconds": 1.2345,
        "seed": 7,
        "workers": 2,
        "effort": 500,
        "repeatable": True,
    }
    return Outcome(**(values | changes))
