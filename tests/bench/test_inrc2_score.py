"""The nurse rostering competition: the scorer against costs and breaches by hand."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bench.small import DATA, OFF
from turnus.bench.inrc2 import Contract, Instance, Nurse, OffRequest, Requirement, ShiftType, read
from turnus.bench.inrc2_score import score


def rota(*lines: str) -> list[list[tuple[int, int] | None]]:
    """Return lines of E and N, worked as a nurse (skill 1), and of H, early as the head (skill 0)."""
    words = {".": None, "E": (0, 1), "N": (1, 1), "H": (0, 0), "M": (1, 0)}
    return [[words[word] for word in line] for line in lines]


@pytest.fixture(scope="module")
def tiny() -> Instance:
    return read(DATA / "inrc2" / "n003w1", 0, [0])


def costs(found: dict[str, int]) -> dict[str, int]:
    return {name: cost for name, cost in found.items() if cost}


def test_cost_of_a_rota(tiny: Instance) -> None:
    # Anna (Full; three days of work before, the last two E): work 3 + 1 of at most 4, E 2 + 1 of at most 3.
    #   Off 2. Then H on Thursday and Friday: work 2, E 2. Off Sat Sun, open. Shifts 3 of 3-5.              0
    # Bela (Full; off two days before, 1 shift and 1 weekend): N Mon Tue: work 2, N 2. Off Wed: 1 of at least
    #   2, 30. N Thu Fri: 2. Off Sat: 1, 30. N Sun, open.
    #   Request not N on Friday, 10. Only Sunday of the weekend, 30. Shifts 1 + 5 = 6 of at most 5, 20.
    #   Weekends 1 + 1 of at most 1, 30.
    # Cora (Part; N on the day before): work 1, N 1 of at least 2, 15. Off Mon Tue, E Wed: E 1 of 2, 15.
    #   Off Thu, N Fri, off Sat: N 1 of 2, 15. E Sun, open. Shifts 3 of 1-3; weekends 1; no complete ones.
    # Cover: H wanted Mon Thu Fri: there. E wanted Tue Wed Thu Sat Sun: missing Tue, Thu, Sat.             90
    #   N wanted Mon Tue Thu Fri (2) Sat Sun: missing Sat.                                                 30
    found = score(tiny, rota("H..HH..", "NN.NN.N", "..E.N.E"))
    assert found.broken == ()
    assert costs(found.parts) == {
        "optimal cover": 120, "consecutive shifts": 45, "consecutive days off": 60, "requests": 10,
        "complete weekends": 30, "total assignments": 20, "weekends": 30,
    }  # fmt: skip
    assert found.cost == 315


def test_cost_when_nobody_works(tiny: Instance) -> None:
    # Anna: her runs before stop on Monday, 3 of 2-4 and 2 of 2-3. Off 7 of at most 3, 120. Shifts 0 of 3, 60.
    # Bela: off 2 + 7, of at most 3: six of the seven new days, 180. Shifts 1 of 3, 40.
    # Cora: N 1 of 2, 15. Off 7 of 4, 90. Shifts 0 of 1, 20.
    # Cover wanted: 3 H, 5 E, 7 N.                                                                     15 x 30
    found = score(tiny, rota(".......", ".......", "......."))
    assert costs(found.parts) == {
        "optimal cover": 450, "consecutive shifts": 15, "consecutive days off": 390, "total assignments": 120,
    }  # fmt: skip
    assert found.broken == (
        "Early Nurse on day 2: 0, 1 needed", "Night Nurse on day 0: 0, 1 needed",
        "Night Nurse on day 3: 0, 1 needed",
    )  # fmt: skip


# --- one nurse: work 2-4, off 2-3, E 2-3, N 2-4 days in a row, shifts 3-5, one weekend, complete ones ---

FULL = Contract("Full", 3, 5, 2, 4, 2, 3, 1, complete_weekends=True)
SHIFTS = (ShiftType("Early", 2, 3, frozenset()), ShiftType("Night", 2, 4, frozenset({0})))


def alone(history: str, contract: Contract = FULL, weeks: int = 1, **values: Any) -> Instance:
    """Return an instance of one nurse whose last days were `history`; the days before those do not matter."""
    run = len(history) - len(history.rstrip(history[-1]))
    work = len(history) - len(history.rstrip("EN"))
    last = {".": OFF, "E": 0, "N": 1}[history[-1]]
    runs = (0, 0, run) if last == OFF else (run, work, 0)
    nurse = Nurse(
        "Anna",
        0,
        frozenset({1}),
        values.pop("shifts_before", 0),
        values.pop("weekends_before", 0),
        last,
        *runs,
    )
    return Instance(
        "alone", weeks, ("Head", "Nurse"), SHIFTS, (contract,), (nurse,), (), values.pop("requests", ())
    )


def part(name: str, instance: Instance, line: str) -> int:
    found = score(instance, rota(line))
    assert found.broken == ()
    return found.parts[name]


@pytest.mark.parametrize(
    ("history", "line", "cost"),
    [
        ("..", "EE.....", 0),
        ("..", ".EEEE..", 0),
        ("..", "E......", 30),  # one day of at least two
        ("..", ".E.E.E.", 90),
        ("..", "EEENNN.", 60),  # six of at most four, whatever the shifts
        ("..", "EE.EEEE", 0),  # four, and still open
        ("..", "......E", 0),  # open on the last Sunday: never too short
        ("..", "..EEENN", 30),  # but it may be too long already
        (".E", ".......", 30),  # a run of the history that stops on Monday below its least
        (".EE", ".......", 0),
        (".E", "E......", 0),  # and one that goes on
        (".EEE", "EN.....", 30),  # 3 + 2 of at most 4
        (".EEENNN", ".......", 0),  # six were too long before; that is no new day
        (".EEENNN", "NN.....", 60),  # 6 + 2: only the two new days, not four
        (".E", "......E", 30),  # below the least on Monday, and open on Sunday
    ],
)
def test_consecutive_work(history: str, line: str, cost: int) -> None:
    assert part("consecutive work", alone(history), line) == cost


@pytest.mark.parametrize(
    ("history", "line", "cost"),
    [
        ("..", "E.....N", 60),  # off five of at most three; the history's two days are enough
        (".", "EE..EEN", 30),  # the history's day off is one of at least two
        (".", ".EE..EE", 0),
        ("E", ".EE..EE", 30),
        ("E", "EEE.NNN", 30),
        ("E", "EEEENN.", 0),  # open on Sunday
        ("E", "EEE....", 30),  # four of at most three, open or not
        ("...", ".EE..EE", 30),  # 3 + 1
        (".....", "..EE..E", 60),  # 5 + 2: the two new days
        (".....", "EE..EE.", 0),
    ],
)
def test_consecutive_days_off(history: str, line: str, cost: int) -> None:
    assert part("consecutive days off", alone(history), line) == cost


@pytest.mark.parametrize(
    ("history", "line", "cost"),
    [
        ("..", "EEE.NN.", 0),
        ("..", "E.NN...", 15),
        ("..", "EN.....", 30),  # one of each, in one run of work
        ("..", "EEEE...", 15),
        ("..", "NNNNN..", 15),
        ("..", "EEENNNN", 0),
        ("..", "......E", 0),
        ("..", ".....EN", 15),  # the early one has ended
        ("EEN", ".......", 15),  # one night, which stops on Monday
        ("EEN", "N......", 0),
        ("NNE", "N......", 30),  # one early, and one night
        ("EE", "EE.....", 15),
        ("EEEEE", "EE.....", 30),  # 5 + 2 of at most 3: the two new days
        ("NNE", "EE.....", 0),  # the nights before are another run
        ("EEN", "NNN.EE.", 0),
        ("EEN", "NNNN...", 15),
    ],
)
def test_consecutive_shifts(history: str, line: str, cost: int) -> None:
    assert part("consecutive shifts", alone(history), line) == cost


@pytest.mark.parametrize(
    ("requests", "line", "cost"),
    [
        ([(2, OFF)], "..E....", 10),
        ([(2, OFF)], "..N....", 10),
        ([(2, OFF)], "EE.....", 0),
        ([(2, 1)], "..E....", 0),
        ([(2, 1)], "..N....", 10),
        ([(2, OFF), (2, 1)], "..N....", 20),  # asked for twice
        ([(0, OFF), (6, 0)], "E.....E", 20),
    ],
)
def test_requests(requests: list[tuple[int, int]], line: str, cost: int) -> None:
    asked = tuple(OffRequest(0, day, shift) for day, shift in requests)
    assert part("requests", alone("..", requests=asked), line) == cost


@pytest.mark.parametrize(
    ("line", "cost"),
    [
        ("EEEEE.." * 2, 0),
        (".....EE" * 2, 0),
        (".....E." + "......E", 60),
        (".....EE" + "......N", 30),
        ("......E" + "E......", 30),  # Sunday and the Monday after it are no weekend
    ],
)
def test_complete_weekends_only_for_those_whose_contract_asks(line: str, cost: int) -> None:
    assert part("complete weekends", alone("..", weeks=2), line) == cost
    other = replace(FULL, complete_weekends=False)
    assert part("complete weekends", alone("..", other, weeks=2), line) == 0


@pytest.mark.parametrize(
    ("before", "line", "cost"),
    [
        (0, ".......", 60),
        (0, "EE.....", 20),
        (0, "EEE....", 0),
        (0, "EEE.NN.", 0),
        (0, "EEENNN.", 20),
        (2, ".......", 20),
        (2, "E......", 0),
        (2, "EEEE...", 20),
        (7, ".......", 40),  # too many before the horizon begins
        (7, "E......", 60),
    ],
)
def test_total_assignments_with_those_of_the_history(before: int, line: str, cost: int) -> None:
    assert part("total assignments", alone("..", shifts_before=before), line) == cost


@pytest.mark.parametrize(
    ("before", "line", "cost"),
    [
        (0, ".....EE" + ".......", 0),
        (0, ".....E." + "......E", 30),
        (1, "EEEEE.." + ".......", 0),
        (1, ".....EE" + ".......", 30),  # both days are one weekend
        (1, "......E" + ".....E.", 60),
        (3, "......." * 2, 60),
        (3, "......." + "......E", 90),
    ],
)
def test_weekends_with_those_of_the_history(before: int, line: str, cost: int) -> None:
    assert part("weekends", alone("..", weeks=2, weekends_before=before), line) == cost


def test_runs_go_on_from_week_to_week() -> None:
    # Fri-Mon is one run of four, and E four of at most three.
    found = score(alone("..", weeks=2), rota("EE..EEE" + "E..NN.."))
    assert (found.parts["consecutive work"], found.parts["consecutive shifts"]) == (0, 15)


# --- hard rules, and cover ---


@pytest.mark.parametrize(
    ("history", "line", "broken"),
    [
        ("..", "NNEE...", "Anna: Early after Night on day 2"),
        ("..", "EENN.EE", None),
        ("EN", "E......", "Anna: Early after Night on day 0"),  # the last shift of the history
        ("EN", ".E.....", None),
        ("EN", "N......", None),
        ("EE", "E......", None),
        ("N.", "E......", None),  # a day off between them
    ],
)
def test_forbidden_successions(history: str, line: str, broken: str | None) -> None:
    assert score(alone(history), rota(line)).broken == ((broken,) if broken else ())


def test_a_nurse_works_only_with_her_skills(tiny: Instance) -> None:
    lines = rota("H..HH..", "NN.NN.N", "..E.N.E")
    assert score(tiny, lines).broken == ()
    lines[1][6] = (1, 0)  # Bela is no head; and Sunday's night then lacks a nurse, which only costs
    found = score(tiny, lines)
    assert found.broken == ("Bela has no Head on day 6",)
    assert found.cost == 315 + 30


def test_least_and_optimal_cover_count_shift_and_skill() -> None:
    instance = replace(alone(".."), requirements=(Requirement(1, 0, 1, 1, 2), Requirement(1, 1, 1, 0, 1)))
    for line, cost, broken in (
        ("EE.....", 60, ()),  # one E of two, no N
        (".NN....", 60, ("Early Nurse on day 1: 0, 1 needed",)),  # no E of two
        ("E......", 90, ("Early Nurse on day 1: 0, 1 needed",)),
        (".H.....", 90, ("Early Nurse on day 1: 0, 1 needed", "Anna has no Head on day 1")),
    ):
        found = score(instance, rota(line))
        assert (found.parts["optimal cover"], found.broken) == (cost, broken)


def test_more_than_the_optimal_cover_costs_nothing() -> None:
    instance = replace(alone(".."), requirements=(Requirement(1, 0, 1, 0, 0),))
    assert score(instance, rota("EE.....")).parts["optimal cover"] == 0
