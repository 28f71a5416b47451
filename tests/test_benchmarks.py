"""Benchmarks: every spec builds and runs once, and measurements are kept and reported truthfully."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from benchmarks.measure import seconds_to_bound, seconds_to_cover
from benchmarks.parts import PARTS as WORK
from benchmarks.records import append, read
from benchmarks.registry import HARSHER, PARTS, WARDS, BenchSpec
from turnus.result.outcome import Progress

SPECS = (*WARDS, *HARSHER, *PARTS)
TIMED = [pytest.param(spec, phase, id=f"{phase}: {spec.name}") for spec in PARTS for phase in spec.phases]


@pytest.mark.slow
@pytest.mark.parametrize(("spec", "phase"), TIMED)
def test_every_part_runs_once(spec: BenchSpec, phase: str) -> None:
    work = WORK[phase](replace(spec, effort=1))()
    assert work() is not None


def test_a_spec_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        WARDS[0].effort = 1  # type: ignore[misc]


def test_specs_name_files_and_parts_that_exist() -> None:
    assert [spec.name for spec in SPECS if not spec.path.is_file()] == []
    assert {phase for spec in PARTS for phase in spec.phases} == set(WORK)
    for specs in ((*WARDS, *HARSHER), PARTS):
        assert len({spec.name for spec in specs}) == len(specs)


def test_the_reference_ward_is_there_in_all_its_variants() -> None:
    assert len({(spec.scenario, spec.overrides) for spec in WARDS}) == 8 * 2 * 2


def test_records_are_added_and_survive_a_torn_line(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "runs.jsonl"
    assert read(file) == []
    append(file, {"name": "én"})
    with file.open("a", encoding="utf-8") as torn:
        torn.write('{"name": "to')
    append(file, {"name": "tre"})
    assert [record["name"] for record in read(file)] == ["én", "tre"]


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
