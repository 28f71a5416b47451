"""Timings of the engine's parts: `pytest benchmarks --benchmark-only`."""

from typing import Any

import pytest

from benchmarks.parts import PARTS, Work
from benchmarks.registry import PARTS as SPECS
from benchmarks.registry import BenchSpec

ROUNDS = {
    "line": 200, "pricing": 50, "master": 10, "plan": 5, "search": 5, "neighbourhood": 5, "audit": 5,
    "solve": 2, "public": 3,
}  # fmt: skip
TIMED = [pytest.param(spec, phase, id=f"{phase}: {spec.name}") for spec in SPECS for phase in spec.phases]


@pytest.mark.parametrize(("spec", "phase"), TIMED)
def test_part(benchmark: Any, spec: BenchSpec, phase: str) -> None:
    """Time one part; what has to be made anew for every round is not timed."""
    fresh = PARTS[phase](spec)

    def ready() -> tuple[tuple[Work], dict[str, Any]]:
        return (fresh(),), {}

    benchmark.group = phase
    benchmark.extra_info.update(phase=phase, spec=spec.name, effort=spec.effort)
    found = benchmark.pedantic(lambda work: work(), setup=ready, rounds=ROUNDS[phase], warmup_rounds=1)
    assert found is not None
