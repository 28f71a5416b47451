"""One measured run of turnus or of a peer, in the process that calls it."""

from __future__ import annotations

import platform
import time
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.peers.cases import Built, Judged, PeerCase
from benchmarks.peers.linear import Attempt, Linear
from turnus.bench.families import FAMILIES
from turnus.bench.machine import moment, peak_mb
from turnus.bench.records import Record
from turnus.bench.run import Terms

SCHEMA = "turnus-peers/1"
TURNUS, CPSAT, HIGHS, PYWORKFORCE = PEERS = ("turnus", "plain CP-SAT", "plain HiGHS", "pyworkforce")
PACKAGES = ("turnus", "numpy", "numba", "highspy", "ortools", "pyworkforce")
SPARE_HEADS = 2  # of each competence, beyond turnus' plan, where a model chooses its posts itself
THREADS = 2


def cannot(case: PeerCase, peer: str) -> str | None:
    """Return why a peer has no answer to a case, None when it has."""
    if peer != PYWORKFORCE:
        return None
    if case.family != "wards":
        return "no words for missing people at a price, most minutes, runs, weekends or requests"
    if case.question == "posts":
        return "no sizes of posts"
    return None if find_spec("pyworkforce") else "not installed"


def run(case: PeerCase, peer: str, folder: Path, seconds: float, seed: int) -> Record:
    """Return the record of one run, made in this process."""
    at = moment()
    figures = (
        _turnus(case, folder, seconds, seed) if peer == TURNUS else _peer(case, peer, folder, seconds, seed)
    )
    return {
        "schema": SCHEMA, "set": case.family, "instance": case.instance, "question": case.question,
        "peer": peer, "sha256": FAMILIES[case.family].sha256(folder, case.instance), "seed": seed,
        "time_limit_seconds": seconds, "threads": THREADS, "versions": _versions(), **at, **figures,
    }  # fmt: skip


def _turnus(case: PeerCase, folder: Path, seconds: float, seed: int) -> Record:
    found = FAMILIES[case.family].run(folder, case.instance, Terms(seconds, seed, THREADS), lambda *_: None)
    goals = {goal["id"]: goal for goal in found.goals}
    posts = goals.get("full_time_posts", {"value": None, "bound": None})
    judged = None
    if found.best is not None:
        judged = Judged(found.best, found.broken, None if posts["value"] is None else int(posts["value"]))
    trail = _of_bound(found.trail, found.measured.get("seconds_to_bound"), found.best)
    attempt = Attempt(found.status, None, trail, found.bound, found.seconds)
    return {**_figures(attempt, judged), "full_time_posts_bound": posts["bound"],
            "peak_mb": found.measured.get("peak_mb", peak_mb())}  # fmt: skip


def _of_bound(
    trail: list[tuple[float, float]], seconds_to_bound: float | None, best: float | None
) -> list[tuple[float, float]]:
    """Return the trail; what was found before the first figure was told was found by then."""
    return trail or ([] if best is None or seconds_to_bound is None else [(seconds_to_bound, best)])


def _peer(case: PeerCase, peer: str, folder: Path, seconds: float, seed: int) -> Record:
    from benchmarks.peers.cases import built

    ready = built(case, folder)
    if peer == PYWORKFORCE:
        from benchmarks.peers.roster import by_pyworkforce

        attempt, lines = by_pyworkforce(ready, seconds, THREADS)
        judged = None if lines is None else ready.judge(ready.posts, lines)
        return {**_figures(attempt, judged), "full_time_posts_bound": None, "peak_mb": peak_mb()}
    return _plain(case, peer, ready, seconds, seed)


def _plain(case: PeerCase, peer: str, ready: Built, seconds: float, seed: int) -> Record:
    from benchmarks.peers.plain import lines_of, posts_model, rota_model
    from turnus.problem import Post

    began = time.monotonic()
    if case.question == "rota":
        model, people = rota_model(ready.problem, ready.rules, ready.posts)
        attempt = _solved(model, peer, seconds, seed)
        chosen = list(range(len(people)))
        posts = list(ready.posts)
    else:
        per_class = Counter(post.class_index for post in ready.posts)
        heads = [per_class[at] + SPARE_HEADS for at in range(len(ready.problem.classes))]
        model, people, sizes = posts_model(ready.problem, ready.rules, heads)
        attempt = _solved(model, peer, seconds, seed)
        values = attempt.values or [0.0] * len(model.upper)
        taken = {at: size for at, one in enumerate(sizes) for size, own in one.items() if values[own] > 0.5}
        chosen = list(taken)
        classes = [index for index, count in enumerate(heads) for _ in range(count)]
        posts = [Post(classes[at], size) for at, size in taken.items()]
    spent = round(time.monotonic() - began, 3)
    judged = None
    if attempt.values is not None:
        judged = ready.judge(posts, lines_of([people[at] for at in chosen], attempt.values))
    bound = None
    if case.question == "posts" and attempt.bound is not None and attempt.bound > -len(people):
        bound = -attempt.bound if attempt.bound < 0 else None
    return {**_figures(attempt, judged), "full_time_posts_bound": bound, "seconds_with_building": spent,
            "peak_mb": peak_mb(), "variables": len(model.upper), "rows": len(model.rows)}  # fmt: skip


def _solved(model: Linear, peer: str, seconds: float, seed: int) -> Attempt:
    from benchmarks.peers.linear import by_cpsat, by_highs

    return by_cpsat(model, seconds, seed) if peer == CPSAT else by_highs(model, seconds, seed, THREADS)


def _figures(attempt: Attempt, judged: Judged | None) -> Record:
    trail = attempt.trail
    return {
        "status": attempt.status,
        "first": trail[0][1] if trail else None,
        "best": None if judged is None else judged.cost,
        "bound": attempt.bound,
        "full_time_posts": None if judged is None else judged.full_time_posts,
        "seconds_to_first": trail[0][0] if trail else None,
        "seconds_to_best": trail[-1][0] if trail else None,
        "seconds": round(attempt.seconds, 3),
        "trail": trail[-200:],
        "hard_breaches": None if judged is None else len(judged.broken),
        "verdict": None if judged is None else "; ".join(judged.broken[:5]) or "kept",
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
