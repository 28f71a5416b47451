"""The alternatives of a comparison: each a result, and its scenario where that is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_uppercase

from turnus.case import Case, case_of
from turnus.clock import WEEK_DAYS
from turnus.dialogue.answer import SCHEMA as ANSWER_SCHEMA
from turnus.dialogue.stored import StoredResult, read_result, result_of
from turnus.errors import Finding, InputError, TurnusError
from turnus.result import SCHEMA, Outcome, result_document
from turnus.scenario import Loaded, load_scenario
from turnus.texts import _

FEWEST, MOST = 2, 6
RESULT = "result.json"
SCENARIO_ENDINGS = (".yaml", ".yml", ".json")
_LOOKED_AT = 50  # files of a folder, when a result's scenario is searched for

#: A result, its scenario if it is at hand, where it is from, and whether it was solved just now.
_Found = tuple[StoredResult, Loaded | None, str, bool]
#: What solves a case that has no stored result.
Solver = Callable[[Case], Outcome]


@dataclass(frozen=True)
class Alternative:
    """One alternative; `loaded` is its scenario, None when only the result is at hand.

    `letter` is its short name in tables (A, B, …), `source` the file it was read from, and `solved` whether
    it was solved for this comparison.
    """

    letter: str
    name: str
    result: StoredResult
    loaded: Loaded | None
    source: str
    solved: bool = False

    @property
    def weeks(self) -> int | None:
        """Return how many weeks the rota has; None when neither scenario nor rota says it."""
        if self.loaded is not None:
            return self.loaded.scenario.horizon.weeks
        days = {entry.get("date_or_day") for entry in self.result.assignments}
        return len(days) // WEEK_DAYS or None


def alternatives(
    paths: Sequence[Path],
    solver: Solver,
    *,
    draft: bool = False,
    fewest: int = FEWEST,
    overrides: Sequence[str] = (),
) -> list[Alternative]:
    """Return what some scenario files, result files or folders hold, in order.

    A result's scenario is the file beside it, or one folder up, that has the result's hash. A scenario's
    result is the `result.json` beside it, or in a folder below, that was made from it; without one it is
    solved. With `overrides` (`horizon.weeks=12`) every scenario has those values instead of its own.

    Raises
    ------
    InputError
        For too few or too many files, or one that is neither.
    """
    refuse_number_of(paths, fewest, _("Name scenario files, result.json files or folders that hold one."))
    return lettered([_alternative(path, solver, draft=draft, overrides=overrides) for path in paths])


def refuse_number_of(given: Sequence[object], fewest: int = FEWEST, hint: str = "") -> None:
    """Refuse too few or too many alternatives."""
    if not fewest <= len(given) <= MOST:
        expected = _("expected {fewest} to {most} alternatives").format(fewest=fewest, most=MOST)
        raise InputError([Finding((), expected, _("found {n}").format(n=len(given)), hint)])


def stored_runs(paths: Sequence[Path]) -> list[Alternative]:
    """Return the stored results of files, folders and folders of folders, each once; nothing is solved.

    Raises
    ------
    InputError
        For a file that is no result and has none, or a folder that holds none.
    """
    found: dict[Path, Path] = {}
    for file in (file for path in paths for file in _results_in(path)):
        found.setdefault(file.resolve(), file)
    return lettered([_alternative(file, _unsolved, draft=False) for file in found.values()])


def _results_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = [path / RESULT] if (path / RESULT).is_file() else sorted(path.glob(f"*/{RESULT}"))
    if not files:
        raise InputError([_no_result()], str(path))
    return files


def _unsolved(case: Case) -> Outcome:
    raise InputError([_no_result()], case.source)


def _no_result() -> Finding:
    hint = _("Solve it first: turnus solve FILE --out DIR.")
    return Finding((), _("expected a stored result"), _("found none"), hint)


def _no_scenario() -> Finding:
    expected = _("expected the scenario of this result beside it or one folder up, to set values in")
    return Finding((), expected, _("found none with its hash"), _("Name the scenario file itself."))


def lettered(found: Sequence[_Found]) -> list[Alternative]:
    """Return what was found as alternatives with their letters, named apart."""
    return named_apart(
        [
            Alternative(_letter(index), result.scenario.name, result, loaded, source, solved)
            for index, (result, loaded, source, solved) in enumerate(found)
        ]
    )


def named_apart(found: Sequence[Alternative]) -> list[Alternative]:
    """Return alternatives without what all names begin with, and with their file where two are alike."""
    names = [one.result.scenario.name for one in found]
    told = [
        name if names.count(name) == 1 else f"{name} ({'/'.join(Path(one.source).parts[-2:])})"
        for name, one in zip(names, found, strict=True)
    ]
    for sign in (" – ", ": "):
        heads = {name.partition(sign)[0] for name in told}
        if len(heads) == 1 and all(name.partition(sign)[2] for name in told):
            told = [name.partition(sign)[2] for name in told]
    return [replace(one, name=name) for one, name in zip(found, told, strict=True)]


def relettered(found: Sequence[Alternative]) -> list[Alternative]:
    """Return alternatives with the letters of their order here."""
    return [replace(one, letter=_letter(index)) for index, one in enumerate(found)]


def _letter(index: int) -> str:
    """Return A, B, …, Z, A2, B2, …."""
    round_, at = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[at] + (str(round_ + 1) if round_ else "")


def _alternative(path: Path, solver: Solver, *, draft: bool, overrides: Sequence[str] = ()) -> _Found:
    if path.is_dir():
        path = _in_folder(path)
    if path.suffix.lower() == ".json" and _is_result(path):
        result = read_result(path)
        loaded = _scenario_of(path, result.scenario.sha256)
        if not overrides:
            return result, loaded, str(path), False
        if loaded is None:
            raise InputError([_no_scenario()], str(path))
        path = Path(loaded.source)
    loaded = load_scenario(path, overrides)
    stored = next(stored_results(path, loaded.sha256), None)
    if stored is not None:
        return read_result(stored), loaded, str(stored), False
    case = case_of(loaded, draft=draft)
    document = result_document(case, solver(case))
    return result_of(document, str(path)), loaded, str(path), True


def _in_folder(folder: Path) -> Path:
    """Return the result of a folder, else its one scenario."""
    if (folder / RESULT).is_file():
        return folder / RESULT
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SCENARIO_ENDINGS[:2]]
    if len(files) != 1:
        finding = Finding(
            (),
            _("expected a folder with a result.json or one scenario file"),
            _("found {n} scenario files").format(n=len(files)),
            _("Name the file itself."),
        )
        raise InputError([finding], str(folder))
    return files[0]


def _is_result(path: Path) -> bool:
    """Whether a JSON file says of itself that it is a result; scenarios may be JSON, too."""
    try:
        with path.open(encoding="utf-8") as file:
            start = file.read(400)
            return any(schema in start for schema in (SCHEMA, ANSWER_SCHEMA))
    except (OSError, UnicodeDecodeError):
        return False


def _scenario_of(result: Path, sha256: str) -> Loaded | None:
    """Return the scenario with a hash beside a result or one folder up; None when there is none."""
    folder = result.resolve().parent
    for loaded in _scenarios(_files(folder, folder.parent)):
        if loaded.sha256 == sha256:
            return loaded
    return None


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        files = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in SCENARIO_ENDINGS)
        yield from [path for path in files if path.is_file()][:_LOOKED_AT]


def _scenarios(files: Iterable[Path]) -> Iterator[Loaded]:
    for path in files:
        if path.name == RESULT or _is_result(path):
            continue
        try:
            yield load_scenario(path)
        except (TurnusError, OSError):  # no scenario, and none of our business
            continue


def stored_results(scenario: Path, sha256: str) -> Iterator[Path]:
    """Yield the results of a scenario that lie beside it or in a folder below."""
    for path in sorted({scenario.parent / RESULT, *scenario.parent.glob(f"*/{RESULT}")}):
        try:
            if path.is_file() and read_result(path).scenario.sha256 == sha256:
                yield path
        except InputError:
            continue
