"""The plain models that turnus is measured against are right, and the report of them is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from benchmarks import figures, growth
from benchmarks.peers import report as peers
from benchmarks.peers.__main__ import done, main
from benchmarks.peers.cases import CASES, Built, PeerCase, built
from benchmarks.peers.linear import Attempt, Linear, by_cpsat, by_highs
from benchmarks.peers.measure import CPSAT, HIGHS, PEERS, PYWORKFORCE, TURNUS, cannot, run
from benchmarks.peers.plain import lines_of, rota_model
from benchmarks.peers.report import Faster
from benchmarks.registry import GROWTH
from benchmarks.report import table
from benchmarks.svg import Axis, Line, chart
from tests.bench.small import DATA
from turnus.audit import audit
from turnus.bench.wards import SCENARIOS, ward_of
from turnus.case import Case, load_case
from turnus.lines.model import build_line_model
from turnus.problem import OFF, Post, Rota
from turnus.rota.state import Search, Tables


def solvers() -> dict[str, Any]:
    return {CPSAT: lambda model: by_cpsat(model, 20.0, 1), HIGHS: lambda model: by_highs(model, 20.0, 1, 1)}


@pytest.mark.parametrize("peer", [CPSAT, HIGHS])
@pytest.mark.parametrize("name", ["Tiny1", "Tiny2"])
def test_the_plain_model_has_the_optimum_of_small_instances(name: str, peer: str) -> None:
    case = built(PeerCase("curtois", name), DATA / "curtois")
    model, people = rota_model(case.problem, case.rules, case.posts)
    attempt: Attempt = solvers()[peer](model)
    assert attempt.status == "optimal"
    assert attempt.values is not None
    judged = case.judge(case.posts, lines_of(people, attempt.values))
    assert judged.broken == ()
    assert judged.cost == pytest.approx(attempt.trail[-1][1])
    assert judged.cost == {"Tiny1": 21.0, "Tiny2": 201.0}[name]


@pytest.mark.parametrize("peer", [CPSAT, HIGHS])
def test_what_cannot_be_is_told(peer: str) -> None:
    model = Linear()
    one = model.new()
    model.add([(1, one)], least=2)
    assert solvers()[peer](model).status == "infeasible"


def ward() -> tuple[Case, Post, np.ndarray[Any, Any]]:
    spec = ward_of("long-4-3-14+4h")
    case = load_case(spec.path(), spec.overrides)
    posts = (Post(0, 10_000), Post(0, 5_000), Post(0, 7_500))
    tables = Tables(case.problem, build_line_model(case.problem, case.rules), posts)
    return case, posts[0], Search(tables, 1).best_lines


def test_a_line_is_lawful_in_the_plain_model_as_in_the_audit() -> None:
    # Lawful lines, and the same with two days exchanged or one day changed.
    case, post, lines = ward()
    draw = np.random.default_rng(1)
    seen = {True: 0, False: 0}
    for _ in range(60):
        line = lines[0].copy()
        change = int(draw.integers(4))
        days = draw.integers(len(line), size=2)
        if change == 1:
            line[days] = line[days[::-1]]
        elif change == 2:
            line[days[0]] = draw.integers(case.problem.actions)
        elif change == 3:
            line = np.roll(line, int(draw.integers(1, len(line))))
        lawful = accepts(case, post, line)
        broken = {one.rule for one in audit(case.problem, case.rules, Rota((post,), line[None])).hard}
        assert lawful == (not broken - {"surplus_limit", "fte_budget"}), sorted(broken)
        seen[lawful] += 1
    assert min(seen.values()) >= 10


def accepts(case: Case, post: Post, line: np.ndarray[Any, Any]) -> bool:
    """Whether the plain model of one post has this line."""
    alone = replace(case.problem, rows=())
    model, (person,) = rota_model(alone, case.rules, (post,))
    for day, action in enumerate(line.tolist()):
        model.add([(1, person.cells[day][action])], least=1)
    return by_cpsat(model, 10.0, 1).status == "optimal"


@pytest.mark.parametrize("peer", [TURNUS, CPSAT, HIGHS])
def test_a_record_says_what_ran_where_and_what_came_of_it(peer: str) -> None:
    told = run(PeerCase("curtois", "Tiny1"), peer, DATA / "curtois", 10.0, 1)
    assert (told["peer"], told["instance"], told["best"], told["bound"]) == (peer, "Tiny1", 21.0, 21.0)
    assert (told["status"], told["verdict"], told["hard_breaches"]) == ("optimal", "kept", 0)
    assert told["trail"][-1] == (told["seconds_to_best"], 21.0)
    assert len(told["sha256"]) == 64
    assert {"date", "host", "cpus", "load", "versions", "peak_mb", "seed", "threads"} <= set(told)
    assert done([told], PeerCase("curtois", "Tiny1"), peer, 10.0, 1)
    assert not done([told], PeerCase("curtois", "Tiny1"), peer, 60.0, 1)


@pytest.mark.slow
def test_a_model_that_chooses_its_posts_is_judged_with_them() -> None:
    told = run(PeerCase("wards", "20x4", "posts"), HIGHS, SCENARIOS, 2.0, 1)
    assert told["full_time_posts_bound"] is None or told["full_time_posts_bound"] >= 17
    if told["best"] is not None:
        assert told["hard_breaches"] == 0
        assert told["full_time_posts"] <= 17
    assert told["variables"] > 3_000


def test_what_cannot_be_run_says_why_and_without_data_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TURNUS_BENCH_DATA", raising=False)
    app = typer.Typer()
    app.command()(main)
    told = CliRunner().invoke(app, ["", "--peer", PYWORKFORCE]).output
    assert "Instance4: skipped, TURNUS_BENCH_DATA is not set" in told
    assert "base-14+4h, posts, pyworkforce: not run, no sizes of posts" in told


def test_pyworkforce_has_no_words_for_some_cases() -> None:
    assert "no sizes" in str(cannot(PeerCase("wards", "base-14+4h", "posts"), PYWORKFORCE))
    assert "requests" in str(cannot(PeerCase("curtois", "Instance4"), PYWORKFORCE))
    assert cannot(PeerCase("wards", "base-14+4h"), CPSAT) is None


def test_every_ward_case_is_there() -> None:
    for case in CASES:
        assert case.family == "curtois" or ward_of(case.instance).path(SCENARIOS).is_file()


BASE = CASES[0]


def record(peer: str, trail: list[tuple[float, float]], **changes: Any) -> dict[str, Any]:
    return {
        "set": BASE.family, "instance": BASE.instance, "question": BASE.question, "peer": peer,
        "status": "feasible", "trail": trail, "best": trail[-1][1] if trail else None, "hard_breaches": 0,
        "full_time_posts": 21, "full_time_posts_bound": None, "time_limit_seconds": 60.0, "peak_mb": 200,
        "load": 1.0, "seconds_to_best": trail[-1][0] if trail else None,
    } | changes  # fmt: skip


def found(*records: dict[str, Any]) -> peers.Found:
    return {(PeerCase(one["set"], one["instance"], one["question"]), one["peer"]): one for one in records}


MINE = record(TURNUS, [(0.5, 300.0), (2.0, 0.0)])


@pytest.mark.parametrize(
    ("theirs", "expected", "verdict"),
    [
        (record(CPSAT, [(5.0, 900.0), (40.0, 0.0)]), Faster(20.0, None), "met"),
        (record(CPSAT, [(5.0, 0.0)]), Faster(2.5, None), "**not met**"),
        (record(CPSAT, [(5.0, 900.0)]), Faster(30.0, 60.0), "met"),
        (record(CPSAT, [(5.0, 900.0)], time_limit_seconds=10.0), Faster(5.0, 10.0), "open"),
        (record(CPSAT, [], time_limit_seconds=600.0), Faster(300.0, 600.0), "met"),
        (record(CPSAT, [(1.0, 0.0)], hard_breaches=3), Faster(30.0, 60.0), "met"),
    ],
)
def test_how_many_times_faster(theirs: dict[str, Any], expected: Faster, verdict: str) -> None:
    assert peers.faster(found(MINE, theirs)) == [expected]
    assert peers.target_rows(found(MINE, theirs))[0][-1] == verdict


def test_without_measurements_nothing_is_claimed() -> None:
    assert peers.target_rows({})[0][-1] == "not measured"
    assert peers.drawings({}) == {}
    assert all("not measured" in row for row in peers.rows({})[1:])
    assert growth.drawings({}) == {}
    assert {row[1] for row in growth.rows({})[1:]} == {"not measured"}


def test_a_worse_turnus_is_told_as_such() -> None:
    lost = record(TURNUS, [(1.0, 600.0)])
    won = record(CPSAT, [(1.0, 60.0)])
    assert [one.verdict for one in peers.faster(found(lost, won))] == ["**not met**"]
    assert peers.ratios(found(lost, won), TURNUS) == [None]
    assert peers.ratios(found(lost, won), CPSAT) == [1.0]


def test_costs_are_compared_with_one_person_missing_added() -> None:
    both = found(MINE, record(CPSAT, [(3.0, 900.0)]))
    assert peers.cost_ratios(both, TURNUS) == [1.0]
    assert peers.cost_ratios(both, CPSAT) == [3.0]  # (900 + 450) / 450


def test_the_profile_is_the_share_solved_within_a_ratio() -> None:
    assert peers.profile([1.0, None, 4.0, 2.0]) == [
        (1.0, 25.0), (2.0, 50.0), (4.0, 75.0), (peers.LARGEST_RATIO, 75.0),
    ]  # fmt: skip
    assert peers.profile([2000.0])[-1] == (peers.LARGEST_RATIO, 0.0)
    assert peers.profile([None, None]) == [(1.0, 0.0), (peers.LARGEST_RATIO, 0.0)]


def test_the_table_shows_hours_and_costs() -> None:
    rows = {(row[0], row[1]): row for row in peers.rows(found(record(HIGHS, [(3.0, 120.0)])))}
    assert rows["base-14+4h, rota", HIGHS][3] == "2"
    assert rows["base-14+4h, rota", TURNUS][2] == "not measured"
    assert ("Instance4", PYWORKFORCE) not in rows
    assert "plain HiGHS" in table(list(rows.values()))


def test_a_chart_has_its_lines_marks_and_names() -> None:
    text = chart("A & B", Axis("x", 1, 100, log=True), Axis("y", 0, 10), [Line("one <", [(1, 0), (10, 5)])])
    assert text.count("<circle") == 3  # two points and the name's own
    assert "A &amp; B" in text
    assert "one &lt;" in text
    assert "M64 348.0L260.0 196.0" in text.replace("M64.0", "M64")


def test_the_figures_are_those_of_the_measurements() -> None:
    for path, text in figures.drawings().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: python -m benchmarks.report draws it anew"


def test_sizes_of_the_growth_curve_are_wards() -> None:
    assert len(set(GROWTH)) == len(GROWTH)
    for name in GROWTH:
        assert isinstance(ward_of(name).path(), Path)


def test_a_person_is_off_or_at_work_each_day() -> None:
    case: Built = built(PeerCase("curtois", "Tiny1"), DATA / "curtois")
    model, people = rota_model(case.problem, case.rules, case.posts)
    attempt = by_highs(model, 20.0, 1, 1)
    assert attempt.values is not None
    lines = lines_of(people, attempt.values)
    assert lines.shape == (len(case.posts), case.problem.days)
    assert set(np.unique(lines)) <= {OFF, *case.problem.worked}


def test_peers_are_named_once() -> None:
    assert len(set(PEERS)) == len(PEERS)
