"""How the command line is run in tests: in this process, or in one of its own where signals matter."""

import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.result.cases import SCENARIO, small_outcome, small_rota
from turnus.cli.run import run
from turnus.texts import set_language


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Runner = Callable[..., Ran]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("nb")


@pytest.fixture
def turnus(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Return a function that runs a command line and gives exit code, stdout and stderr."""

    def ran(*words: object) -> Ran:
        code = run([str(word) for word in words])
        found = capsys.readouterr()
        return Ran(code, found.out, found.err)

    return ran


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "lia.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@dataclass
class FakeOptions:
    time_seconds: float | None
    effort: int | None
    seed: int
    workers: int


class FakeSolve:
    """Stands in for the solver: keeps how it was called and gives back what it is told to."""

    def __init__(self) -> None:
        self.changes: dict[str, Any] = {}
        self.error: Exception | None = None
        self.options: FakeOptions | None = None

    def __call__(self, case: Any, options: FakeOptions, watch: Any, stop: Any, keep: Any) -> Any:
        del watch
        self.options = options
        assert stop() is False
        keep(small_rota(case))
        if self.error is not None:
            raise self.error
        return small_outcome(case, **self.changes)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> FakeSolve:
    fake = FakeSolve()
    module = types.ModuleType("turnus.solve")
    module.solve = fake  # type: ignore[attr-defined]
    module.SolveOptions = FakeOptions  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "turnus.solve", module)
    return fake
