"""What the readers and scorers say is compared in English, and nothing is compiled while a run is timed."""

from collections.abc import Iterator

import pytest

from tests.bench.small import DATA, run_of
from turnus.texts import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("nb")


@pytest.fixture(autouse=True, scope="session")
def compiled() -> None:
    """Run once without hurry: on a new machine the engine is compiled first, which takes longer than that."""
    run_of("curtois", DATA / "curtois", "Tiny1", seconds=120.0)
