"""Benchmarks: every spec builds and runs once, and measurements are kept and reported truthfully."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import public
from benchmarks.parts import PARTS as WORK
from benchmarks.registry import PARTS, BenchSpec
from benchmarks.report import (
    BEGIN,
    END,
    README,
    WARDS,
    Measured,
    as_stated,
    load,
    replaced,
    report,
    stated,
    targets,
)  # fmt: skip
from turnus.bench.records import append, read
from turnus.bench.wards import ward_of

TIMED = [pytest.param(spec, phase, id=f"{phase}: {spec.name}") for spec in PARTS for phase in spec.phases]


@pytest.mark.slow
@pytest.mark.parametrize(("spec", "phase"), TIMED)
def test_every_part_runs_once(spec: BenchSpec, phase: str) -> None:
    work = WORK[phase](replace(spec, effort=1))()
    assert work() is not None


def test_a_spec_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        PARTS[0].effort = 1  # type: ignore[misc]


def test_specs_name_files_and_parts_that_exist() -> None:
    assert [spec.name for spec in PARTS if not spec.path.exists()] == []
    assert {phase for spec in PARTS for phase in spec.phases} == set(WORK)
    assert len({spec.name for spec in PARTS}) == len(PARTS)


def test_the_reference_ward_is_there_in_all_its_variants() -> None:
    assert len({ward_of(name) for name in WARDS}) == 8 * 2 * 2


def test_records_are_added_and_survive_a_torn_line(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "runs.jsonl"
    assert read(file) == []
    append(file, {"name": "én"})
    with file.open("a", encoding="utf-8") as torn:
        torn.write('{"name": "to')
    append(file, {"name": "tre"})
    assert [record["name"] for record in read(file)] == ["én", "tre"]


def record(name: str, **changes: Any) -> dict[str, Any]:
    """A measured run that meets every target."""
    posts = {"id": "full_time_posts", "value": 21, "bound": 21, "proven": True, "unit": "posts"}
    uncovered = {"id": "uncovered", "value": 0, "bound": 0, "proven": True, "unit": "min"}
    whole: dict[str, Any] = {
        "instance": name,
        "goals": [uncovered, posts],
        "heads": 39,
        "verdict": "kept",
        "seconds_to_bound": 0.8,
        "seconds_to_cover": 2.5,
        "seconds": 3.0,
        "peak_mb": 200,
        "load": 0.5,
    }
    return whole | changes


def verdicts(*records: dict[str, Any]) -> dict[str, str]:
    found = Measured({entry["instance"]: entry for entry in records}, {}, [])
    return {target.text: target.verdict for target in targets(found)}


BOUND = "bound, every variant but twice the ward"
COVER = "full-cover rota, every variant but twice the ward"


def test_a_target_is_met_only_when_everything_was_measured() -> None:
    assert set(verdicts().values()) == {"not measured"}
    assert verdicts(record(WARDS[0]))[BOUND] == "met so far"
    assert verdicts(*map(record, WARDS))[BOUND] == "met"


def test_a_target_is_missed_by_the_worst_run() -> None:
    slow = [record(WARDS[0], seconds_to_bound=2.0), *map(record, WARDS[1:])]
    assert verdicts(*slow)[BOUND] == "**not met**"
    assert verdicts(*slow)[COVER] == "met"


def test_a_rota_that_never_covered_misses_its_target() -> None:
    assert verdicts(record(WARDS[0], seconds_to_cover=None), *map(record, WARDS[1:]))[COVER] == "**not met**"


def goals(uncovered: int, posts: int, bound: int) -> dict[str, Any]:
    cover = {"id": "uncovered", "value": uncovered, "bound": 0}
    return {"goals": [cover, {"id": "full_time_posts", "value": posts, "bound": bound}]}


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, True),
        ({"verdict": "daily_rest: post 3, day 4"}, False),
        (goals(0, 20, 21), False),
        (goals(0, 20, 20), False),
        (goals(60, 21, 21), False),
    ],
)
def test_found_must_be_the_bound_and_what_was_stated(changes: dict[str, Any], met: bool) -> None:
    ward = "base-14+4h"
    assert stated(record(ward)) == 21
    assert as_stated(record(ward, **changes)) is met


def test_the_tables_stand_between_their_markers() -> None:
    text = f"before {BEGIN} old {END} after"
    assert replaced(text, "new") == f"before {BEGIN}\nnew\n{END} after"
    with pytest.raises(ValueError, match="expected the markers"):
        replaced("before", "new")


def test_the_tables_in_the_readme_are_those_of_the_measurements() -> None:
    text = README.read_text(encoding="utf-8")
    assert replaced(text, report(load())) == text


def test_public_tables_show_what_was_measured_and_what_was_not() -> None:
    record = {
        "set": "curtois", "instance": "Instance1", "best": 619.0, "bound": 607.0, "verdict": "kept",
        "seconds_to_best": 0.3, "seconds_to_proof": None, "time_limit_seconds": 60.0, "load": 1.0,
    }  # fmt: skip
    records = public.latest([{**record, "best": 700.0}, record])
    rows = {row[0]: row for row in public.public_rows(records, "curtois", public.CURTOIS)}
    assert rows["Instance1"][:6] == ("Instance1", "607", "619", "1.98", "607", "0.3")
    assert rows["Instance2"][2] == "not measured"
    broken = public.latest([{**record, "verdict": "Ann: 6 shifts in a row"}])
    assert public.public_rows(broken, "curtois", public.CURTOIS)[1][2] == "–"


@pytest.mark.parametrize(
    ("found", "seconds", "verdict"),
    [
        (101, 60, "met"),
        (101, 50, "met"),
        (102, 50, "open"),
        (102, 60, "**not met**"),
        (101, 70, "**not met**"),
        (None, 50, "open"),
        (None, 60, "**not met**"),
    ],
)
def test_a_target_is_met_within_its_time_or_still_open(
    found: float | None, seconds: float, verdict: str
) -> None:
    assert public.Published(100, target_percent=1.0).verdict(found, seconds) == verdict
