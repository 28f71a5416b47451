"""The own set: every name leads to a scenario, scaled wards fit their needs, and a run says what it found."""

import re
from multiprocessing import Pipe
from pathlib import Path

import pytest

from turnus.bench import ward_run, wards
from turnus.bench.families import FAMILIES
from turnus.bench.run import Run, Terms
from turnus.bench.ward_run import run_ward, seconds_to_bound, seconds_to_cover, solved
from turnus.case import load_case
from turnus.errors import ImpossibleError, InputError
from turnus.result.outcome import Progress
from turnus.scenario import load_scenario

FAMILY = FAMILIES["wards"]
QUICK = Terms(None, 1, 1, 200)


def ignored(*_: object) -> None:
    pass


def test_all_named_wards_are_there() -> None:
    names = wards.names(wards.SCENARIOS)
    assert len(names) == 8 * 2 * 2 + 3
    for name in names:
        FAMILY.read(wards.SCENARIOS, name)


def test_without_the_scenario_library_there_are_none(tmp_path: Path) -> None:
    assert wards.names(tmp_path) == []


def test_a_variant_sets_smallest_size_and_hours() -> None:
    ward = wards.ward_of("12-weeks-50+0h")
    assert ward.file == "reference-ward/12-weeks.yaml"
    scenario = load_scenario(ward.path(), ward.overrides).scenario
    assert scenario.open_posts is not None
    assert scenario.open_posts.smallest_size == 50
    assert ward.overrides[1] == 'hours.over="0 min"'


@pytest.mark.parametrize("name", ["base", "base-14", "base-14+2h", "9x4", "60x", "60x100", "060x12", "x12"])
def test_other_names_are_no_wards(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        wards.ward_of(name)


def test_the_needs_that_are_scaled_are_those_of_the_file() -> None:
    unscaled = wards.ward_of("26x6")
    path = unscaled.path()
    told = load_scenario(path).scenario.demand
    assert load_scenario(path, unscaled.overrides).scenario.demand == tuple(
        one.model_copy(
            update={"need": _by_day(one.need), "of_which": {"nurse": _by_day(one.of_which["nurse"])}}
        )
        for one in told
    )
    problem = load_case(path).problem
    assert [shift.minutes for shift in problem.shifts] == [minutes for *_, minutes in wards.SCALED_NEED]
    assert "budget.fte=24.0" in unscaled.overrides
    assert "budget.by_competence.nurse.share_percent=40" in unscaled.overrides


def _by_day(need: object) -> object:
    return {"weekdays": need, "weekend": need} if isinstance(need, int) else need


@pytest.mark.parametrize("name", ["20x4", "40x12", "60x52", "100x26"])
def test_a_scaled_ward_is_a_lawful_scenario(name: str) -> None:
    ward = wards.ward_of(name)
    case = load_case(ward.path(), ward.overrides)
    assert case.problem.weeks == int(name.split("x")[1])


def test_the_hash_tells_what_is_set_on_top() -> None:
    assert len({FAMILY.sha256(wards.SCENARIOS, name) for name in ("20x4", "20x6", "every-2nd-50+0h")}) == 3


def test_a_run_has_goals_cost_and_verdict() -> None:
    ward = wards.ward_of("20x4")
    told: list[tuple[str, float | None, float | None]] = []
    run = solved(ward.path(), ward.overrides, QUICK, lambda *news: told.append(news))
    assert (run.best, run.bound, run.broken) == (0.0, 0.0, ())
    assert run.trail[-1][1] == 0.0
    goals = {goal["id"]: goal for goal in run.goals}
    assert goals["full_time_posts"]["value"] == goals["full_time_posts"]["bound"]
    assert run.status == "optimal"
    assert run.seconds_to_proof is not None
    assert run.measured["heads"] == goals["fewest_heads"]["value"]
    assert run.measured["seconds_to_bound"] <= run.measured["seconds_to_cover"]
    assert run.measured["peak_mb"] > 50
    assert ("full_time_posts", goals["full_time_posts"]["value"], goals["full_time_posts"]["bound"]) in told


def test_a_ward_that_arithmetic_refuses_is_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ImpossibleError([])

    monkeypatch.setattr("turnus.case.load_case", refused)
    run = solved(wards.ward_of("20x4").path(), (), QUICK, ignored)
    assert (run.status, run.best) == ("infeasible", None)


@pytest.mark.slow
def test_a_process_of_its_own_tells_the_same() -> None:
    ward = wards.ward_of("20x4")
    here = solved(ward.path(), ward.overrides, QUICK, ignored)
    there = run_ward(ward.path(), ward.overrides, QUICK, ignored)
    assert (there.status, there.goals) == (here.status, here.goals)


@pytest.mark.slow
def test_a_mistake_in_the_file_comes_through_from_the_process() -> None:
    ward = wards.ward_of("20x4")
    with pytest.raises(InputError, match="budget"):
        run_ward(ward.path(), (*ward.overrides, "budget.fte=-1"), QUICK, ignored)


def test_a_process_that_dies_is_told() -> None:
    here, there = Pipe()
    there.send(("lines", None, None))
    there.close()
    with pytest.raises(Exception, match="ended without a result"):
        ward_run._listened(here, ignored)  # noqa: SLF001


def step(phase: str, value: float | None, bound: float | None, seconds: float) -> Progress:
    return Progress(phase, "uncovered", value, bound, seconds)  # type: ignore[arg-type]


def test_seconds_are_read_from_the_progress() -> None:
    steps = [
        step("posts", None, None, 0.1),
        step("posts", 0.0, 0.0, 0.5),
        step("posts", 9.0, 9.0, 0.6),
        step("rota", 900.0, 0.0, 1.0),
        step("rota", 0.0, 0.0, 2.0),
        step("rota", 0.0, 0.0, 3.0),
    ]
    assert seconds_to_bound(steps) == 0.6
    assert seconds_to_cover(steps) == 2.0


def test_seconds_of_what_never_came_are_unknown() -> None:
    steps = [step("posts", None, None, 0.1), step("rota", 900.0, 0.0, 1.0)]
    assert seconds_to_bound(steps) is None
    assert seconds_to_cover(steps) is None


def test_a_run_says_nothing_of_what_it_does_not_know() -> None:
    assert (Run().best, Run().bound, Run().goals, Run().measured) == (None, None, [], {})
