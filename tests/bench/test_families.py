"""Each set's runs against the truth by trying every rota: cost, bound and proof."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.randomly import curtois_instance, inrc2_instance, rws_instance
from tests.bench.small import (
    DATA,
    curtois_choices,
    curtois_text,
    curtois_truth,
    inrc2_choices,
    inrc2_texts,
    inrc2_truth,
    run_of,
    rws_text,
    rws_truth,
)
from turnus.bench import curtois, inrc2, rws
from turnus.bench.families import FAMILIES, chosen, folder_of
from turnus.bench.run import Run, Terms

RANDOM_SECONDS = 2.0  # a proof takes a tenth of a second, where there is one
NOTHING = float("inf")


def agrees(run: Run, truth: float) -> None:
    """Check what a run says against the least cost, infinity when there is no rota at all."""
    if truth == NOTHING:
        assert run.status == "infeasible"
        assert (run.best, run.bound, run.trail) == (None, None, [])
        return
    assert run.best is not None
    assert run.bound is not None
    assert run.broken == ()
    assert run.bound <= truth <= run.best
    assert run.status in ("optimal", "feasible")
    assert (run.status == "optimal") == (run.bound == run.best) == (run.seconds_to_proof is not None)
    assert run.trail[-1][1] == run.best


@pytest.mark.parametrize("name", ["Tiny1", "Tiny2"])
def test_curtois(name: str) -> None:
    instance = curtois.read(DATA / "curtois" / f"{name}.txt")
    truth = curtois_truth(instance, curtois_choices(instance))
    run = run_of("curtois", DATA / "curtois", name)
    agrees(run, truth)
    assert run.best == truth


# In 18, 34, 95 and 220 the best lines break limits on how often a shift is worked: a proof must count them.
@pytest.mark.parametrize("seed", [*range(20), 34, 95, 220])
def test_random_instances_of_curtois(tmp_path: Path, seed: int) -> None:
    instance = curtois_instance(seed)
    (tmp_path / "one.txt").write_text(curtois_text(instance), encoding="utf-8")
    assert curtois.read(tmp_path / "one.txt") == instance
    truth = curtois_truth(instance, curtois_choices(instance))
    agrees(run_of("curtois", tmp_path, "one", RANDOM_SECONDS), truth)


@pytest.mark.parametrize(("dataset", "weeks"), [("n003w1", [0]), ("n002w2", [0, 1])])
def test_inrc2(dataset: str, weeks: list[int]) -> None:
    instance = inrc2.read(DATA / "inrc2" / dataset, 0, weeks)
    truth = inrc2_truth(instance, inrc2_choices(instance))
    run = run_of("inrc2", DATA / "inrc2", instance.name)
    agrees(run, truth)
    assert run.best == truth


@pytest.mark.parametrize("seed", range(21))
def test_random_instances_of_inrc2(tmp_path: Path, seed: int) -> None:
    instance = inrc2_instance(seed)
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in inrc2_texts(instance, "tiny").items():
        (folder / name).write_text(text, encoding="utf-8")
    assert inrc2.read(folder, 0, [0]) == instance
    truth = inrc2_truth(instance, inrc2_choices(instance))
    agrees(run_of("inrc2", tmp_path, "tiny_0_0", RANDOM_SECONDS), truth)


def test_rws() -> None:
    run = run_of("rws", DATA / "rws", "Tiny1")
    assert (run.status, run.best, run.bound, run.broken) == ("optimal", 0.0, 0.0, ())
    assert run.seconds_to_proof is not None


@pytest.mark.parametrize("seed", range(20))
def test_random_instances_of_rws(tmp_path: Path, seed: int) -> None:
    instance = rws_instance(seed)
    (tmp_path / "one.txt").write_text(rws_text(instance), encoding="utf-8")
    assert rws.read(tmp_path / "one.txt") == replace(
        instance, forbidden=tuple(sorted(instance.forbidden, key=len))
    )
    agrees(run_of("rws", tmp_path, "one"), 0.0 if rws_truth(instance) else NOTHING)


def test_the_random_instances_are_of_both_kinds() -> None:
    feasible = [bool(rws_truth(rws_instance(seed))) for seed in range(20)]
    assert 5 <= sum(feasible) <= 15
    people = [all(len(one.lines) for one in curtois_choices(curtois_instance(seed))) for seed in range(20)]
    assert 10 <= sum(people) < 20


def test_a_least_cover_that_nobody_can_meet_is_told_as_broken(tmp_path: Path) -> None:
    instance = inrc2_instance(1)  # two nurses
    requirements = tuple(
        replace(one, least=3, optimal=3) if one.day == 2 and one.shift == 0 else one
        for one in instance.requirements
    )
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in inrc2_texts(replace(instance, requirements=requirements), "tiny").items():
        (folder / name).write_text(text, encoding="utf-8")
    run = run_of("inrc2", tmp_path, "tiny_0_0", RANDOM_SECONDS)
    assert run.status == "broken"
    assert run.seconds_to_proof is None
    assert [one for one in run.broken if one.startswith("Early Head on day 2: ")]


def test_hours_that_no_number_of_shifts_reaches_are_impossible(tmp_path: Path) -> None:
    # Shifts of 450 min alone, and 500 to 600 min asked for.
    text = (
        (DATA / "curtois" / "Tiny2.txt").read_text(encoding="utf-8").replace("D=8,3600,3150", "D=8,600,500")
    )
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    agrees(run_of("curtois", tmp_path, "one", RANDOM_SECONDS), NOTHING)


def test_the_seed_and_what_is_told_on_the_way() -> None:
    told: list[tuple[str, float | None, float | None]] = []
    family = FAMILIES["curtois"]
    run = family.run(DATA / "curtois", "Tiny1", Terms(60.0, 3, 2), lambda *news: told.append(news))
    assert (run.best, run.status) == (21.0, "optimal")
    assert told[0][0] == "first"
    assert told[-1][1:] == (21.0, 21.0)
    bests = [best for _, best, _ in told if best is not None]
    assert bests == sorted(bests, reverse=True)


def test_names_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("Instance10", "Instance2", "Instance1"):
        (tmp_path / f"{name}.txt").write_text("", encoding="utf-8")
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    family = FAMILIES["curtois"]
    assert family.names(tmp_path) == ["Instance1", "Instance2", "Instance10"]
    assert family.names(tmp_path / "none") == []
    assert chosen(family, tmp_path, []) == ["Instance1", "Instance2", "Instance10"]
    assert chosen(family, tmp_path, ["B", "A", "B"]) == ["B", "A"]
    assert folder_of(tmp_path, family) == tmp_path / "curtois"


def test_published_combinations_are_listed_when_all_their_files_are_there(tmp_path: Path) -> None:
    family = FAMILIES["inrc2"]
    assert family.names(DATA / "inrc2") == []  # ours are not published
    folder = tmp_path / "n005w4"
    folder.mkdir()
    for name in ("Sc-n005w4", "H0-n005w4-0", "WD-n005w4-1", "WD-n005w4-2"):
        (folder / f"{name}.txt").write_text("", encoding="utf-8")
    assert family.names(tmp_path) == []
    (folder / "WD-n005w4-3.txt").write_text("", encoding="utf-8")
    assert family.names(tmp_path) == ["n005w4_0_1-2-3-3"]
    assert len(family.files(tmp_path, "n005w4_0_1-2-3-3")) == 2 + 4


def test_the_hash_changes_with_any_file(tmp_path: Path) -> None:
    family = FAMILIES["inrc2"]
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in inrc2_texts(inrc2_instance(0), "tiny").items():
        (folder / name).write_text(text, encoding="utf-8")
    before = family.sha256(tmp_path, "tiny_0_0")
    assert len(before) == 64
    with (folder / "WD-tiny-0.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert family.sha256(tmp_path, "tiny_0_0") != before
