"""Every rule is whole: found by walking, explained, sourced, checked, lowered, in the schema, tested, shown.

A file in a package of rules is a rule, so that none can be forgotten; `lacks` says what a rule is without.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from pydantic import Field

from tests.rules.collected import FAULTS, TOGETHER, TRIALS
from turnus.problem import PostClass, Problem, Rota
from turnus.rules import PROFILES, RULES, Breach, Level, Limit, Rule, Source, rule_schema
from turnus.rules.about_shifts import ShiftRule
from turnus.rules.catalogue import catalogue, entry, one_breach, own_parameters, texts
from turnus.rules.group_kinds import GroupKind
from turnus.rules.kinds import Kind, RunLength
from turnus.rules.registry import PACKAGES, group_of
from turnus.texts import messages

TESTS = Path(__file__).parent
ROOT = TESTS.parents[1]
TRANSLATED = ("nb", "nn")
BOOK_FILES = ("scenario.yaml", "passes.csv", "fails.csv", "expected.yaml")
LOCAL = PROFILES["ks-lokal"]
#: A paragraph or chapter of a law or a tariff agreement, or honestly said that there is none.
_REFERENCE = re.compile(r"§|\bch\. \d|^Agreed practice\b")
_NO_SOURCE = "source with a paragraph, or that it is agreed practice"


@dataclass(frozen=True)
class Shelf:
    """Where the parts of a rule stand that are not in its own file."""

    tests: Path
    book: Path
    messages: Mapping[str, Mapping[str, object]]
    schema: frozenset[str]
    pages: frozenset[str]
    tried: frozenset[str]
    faulted: frozenset[str]


def shelf_of_the_project() -> Shelf:
    tried = [one.rule.id for one in TRIALS.values()] + [one.rule.id for one in TOGETHER.values()]
    return Shelf(
        TESTS,
        ROOT / "scenarios" / "rulebook",
        {code: messages(code) for code in TRANSLATED},
        frozenset(rule_schema()["properties"]),
        frozenset(page["id"] for page in catalogue()["rules"]),
        frozenset(tried),
        frozenset(TRIALS[name].rule.id for name, _kind, _faults in FAULTS),
    )


def lacks(rule: type[Rule], shelf: Shelf) -> list[str]:
    """Return what a rule is without, as short sentences; empty when it is whole."""
    return [*_own_lacks(rule), *_text_lacks(rule, shelf), *_shelf_lacks(rule, shelf)]


def _own_lacks(rule: type[Rule]) -> Iterator[str]:
    """Yield what is missing in the rule's own file: checker, lowering, source."""
    if rule.__module__.split(".")[-1] != rule.id:
        yield f"own file {rule.id}.py"
    if rule.violations in (Rule.violations, ShiftRule.violations) or not one_breach(rule):
        yield "own checker whose docstring begins with Yield"
    if rule.lowering != "audit_only" and rule.reason:
        yield "lowering, although it gives a reason for none"
    if _lowered(rule) != _LOWERED_AS[rule.lowering]:
        yield f"lowering that is {rule.lowering!r}"
    if rule.lowering == "audit_only" and not rule.reason:
        yield "reason why it is only audited"
    if not _REFERENCE.search(rule.source.reference):
        yield _NO_SOURCE
    if rule.source.url and not rule.source.url.startswith("https://"):
        yield "source whose address begins with https"
    if rule.source.verified and not rule.source.url and "§" in rule.source.reference:
        yield "address where the verified source was read"


#: The ways in which the engine may hear of a rule, by what the class says of its lowering.
_LOWERED_AS: dict[str, frozenset[str]] = {
    "line": frozenset({"line"}),
    "together": frozenset({"together"}),
    **dict.fromkeys(("posts", "rows", "structure", "audit_only"), frozenset()),
}


def _lowered(rule: type[Rule]) -> frozenset[str]:
    by_line = rule.lower is not Rule.lower or rule.hours_cost is not Rule.hours_cost
    found = {"line": by_line, "together": rule.lower_together is not Rule.lower_together}
    return frozenset(name for name, there in found.items() if there)


def _text_lacks(rule: type[Rule], shelf: Shelf) -> Iterator[str]:
    """Yield the texts that are missing, and those that a language lacks."""
    first_line = (vars(rule).get("__doc__") or "").splitlines()[:1]
    if not first_line or not first_line[0].endswith("."):
        yield "docstring whose first line is a sentence"
    stated = {name: getattr(rule, name, "") for name in ("title", "sentence", "example", "unit")}
    yield from (name for name, text in stated.items() if not text)
    yield from (f"{name} that is a sentence" for name in ("sentence", "example") if stated[name][-1:] != ".")
    for shown, field in own_parameters(rule).items():
        if not rule.model_fields[field].description:
            yield f"description of {shown}"
    for code in TRANSLATED:
        for text in sorted({*stated.values(), *texts(rule)}):
            if text and text not in shelf.messages[code]:
                yield f"{code} text of {text!r}"


def _shelf_lacks(rule: type[Rule], shelf: Shelf) -> Iterator[str]:
    """Yield what is missing elsewhere: schema, catalogue page, tests, trial, fault, rule book."""
    if rule.id not in shelf.schema:
        yield "place in the schema"
    if rule.id not in shelf.pages:
        yield "page in the catalogue"
    test_file = shelf.tests / f"test_{rule.id}.py"
    if not test_file.exists() or "def test_" not in test_file.read_text(encoding="utf-8"):
        yield f"tests in {test_file.name}"
    if _enumerated(rule) and rule.id not in shelf.tried:
        yield "trial on every line of a small horizon"
    if _enumerated(rule) and rule.lowering == "line" and rule.id not in shelf.faulted:
        yield "planted fault"
    folder = shelf.book / rule.id
    yield from (f"{name} in the rule book" for name in BOOK_FILES if not (folder / name).exists())


def _enumerated(rule: type[Rule]) -> bool:
    """Whether all lines of a small horizon can be tried: the rule has kinds, not only a cost of hours."""
    return rule.lower is not Rule.lower or rule.lower_together is not Rule.lower_together


EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@EVERY_RULE
def test_a_rule_is_whole(rule: type[Rule]) -> None:
    assert lacks(rule, shelf_of_the_project()) == []


def rule_files() -> set[tuple[str, str]]:
    """Return (package, file) of every file in a package of rules, by the file system alone."""
    return {
        (package.__name__.split(".")[-1], path.stem)
        for package in PACKAGES
        for folder in package.__path__
        for path in Path(folder).glob("*.py")
        if path.stem != "__init__"
    }


def test_every_file_in_a_package_of_rules_is_one_rule() -> None:
    assert sorted((group_of(rule), rule.id) for rule in RULES) == sorted(rule_files())
    assert [rule.id for rule in RULES] == sorted({rule.id for rule in RULES})


def test_the_packages_are_all_that_the_folder_of_rules_holds() -> None:
    folder = Path(inspect.getfile(Rule)).parent
    found = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert {package.__name__.split(".")[-1] for package in PACKAGES} == found


class Whole(Rule):
    """Nobody does what this rule forbids."""

    id: ClassVar[str] = "whole"
    title: ClassVar[str] = "Whole"
    sentence: ClassVar[str] = "Nobody does it."
    example: ClassVar[str] = "Kari does it on day 3."
    source: ClassVar[Source] = Source("AML § 10-2 (1)", "https://example.org/10-2")
    unit: ClassVar[str] = "times"
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit("most", "most", 3, {Level.LOCAL: 5}, "AML § 10-3", {Level.LOCAL: "Disputed."}),
    )

    most: int = Field(3, description="How often.")

    def violations(self, problem: Problem, rota: Rota) -> Iterator[Breach]:
        """Yield each time that somebody does it."""
        del problem, rota
        return iter(())

    def lower(self, problem: Problem, post: PostClass) -> tuple[Kind, ...]:
        """Return one run."""
        del problem, post
        return (RunLength(frozenset({1}), longest=self.most),)


Whole.__module__ = "turnus.rules.law.whole"  # as if it stood in its own file
ENGLISH = (
    "Whole", "Nobody does it.", "Kari does it on day 3.", "times", "How often.", "AML § 10-3", "Disputed.",
    "Each time that somebody does it.",
)  # fmt: skip


def changed(**parts: Any) -> type[Rule]:
    """Return the whole rule with parts of its class replaced."""
    made = type("Changed", (Whole,), {"__module__": Whole.__module__, "__doc__": Whole.__doc__, **parts})
    assert issubclass(made, Rule)
    return made


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Return a shelf on which everything of the whole rule stands."""
    (tmp_path / "test_whole.py").write_text("def test_it(): ...\n")
    (tmp_path / "whole").mkdir()
    for name in BOOK_FILES:
        (tmp_path / "whole" / name).touch()
    said = dict.fromkeys(ENGLISH, "norsk")
    here = frozenset({"whole"})
    return Shelf(tmp_path, tmp_path, dict.fromkeys(TRANSLATED, said), here, here, here, here)


def test_a_whole_rule_lacks_nothing(shelf: Shelf) -> None:
    assert lacks(Whole, shelf) == []


def _without_docstring(self: Rule, problem: Problem, rota: Rota) -> Iterator[Breach]:
    del self, problem, rota
    return iter(())


def _lower_together(self: Rule, problem: Problem) -> tuple[GroupKind, ...]:
    del self, problem
    return ()


PLANTED: list[tuple[dict[str, Any], str]] = [
    ({"__module__": "turnus.rules.law.other"}, "own file whole.py"),
    ({"violations": Rule.violations}, "own checker whose docstring begins with Yield"),
    ({"violations": ShiftRule.violations}, "own checker whose docstring begins with Yield"),
    ({"violations": _without_docstring}, "own checker whose docstring begins with Yield"),
    ({"lower": Rule.lower}, "lowering that is 'line'"),
    ({"lowering": "together"}, "lowering that is 'together'"),
    ({"lowering": "posts"}, "lowering that is 'posts'"),
    ({"lower_together": _lower_together}, "lowering that is 'line'"),
    ({"lowering": "audit_only", "lower": Rule.lower}, "reason why it is only audited"),
    ({"reason": "it is so."}, "lowering, although it gives a reason for none"),
    ({"source": Source("")}, _NO_SOURCE),
    ({"source": Source("everybody knows", verified=False)}, _NO_SOURCE),
    ({"source": Source("AML § 1", "http://example.org")}, "source whose address begins with https"),
    ({"source": Source("AML § 1")}, "address where the verified source was read"),
    ({"__doc__": ""}, "docstring whose first line is a sentence"),
    ({"__doc__": "Not a sentence"}, "docstring whose first line is a sentence"),
    *(({name: ""}, name) for name in ("title", "sentence", "example", "unit")),
    ({"sentence": "Nobody does it"}, "sentence that is a sentence"),
    ({"title": "Other"}, "nb text of 'Other'"),
    ({"unit": "other"}, "nn text of 'other'"),
    ({"limits": (Limit("most", "most", 3, {Level.LOCAL: 5}, "AML § 7"),)}, "nb text of 'AML § 7'"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "told"), PLANTED, ids=[told for _parts, told in PLANTED])
def test_an_omission_in_the_rules_file_is_told(shelf: Shelf, parts: dict[str, Any], told: str) -> None:
    assert told in lacks(changed(**parts), shelf)


class Silent(Whole):
    """A rule with a parameter that nobody explains."""

    often: int = 1


def test_a_parameter_without_a_description_is_told(shelf: Shelf) -> None:
    assert "description of often" in lacks(Silent, shelf)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("schema", "place in the schema"),
        ("pages", "page in the catalogue"),
        ("tried", "trial on every line of a small horizon"),
        ("faulted", "planted fault"),
    ],
)
def test_an_omission_elsewhere_is_told(
    shelf: Shelf, part: Literal["schema", "pages", "tried", "faulted"], told: str
) -> None:
    nothing: dict[str, Any] = {part: frozenset()}
    assert lacks(Whole, replace(shelf, **nothing)) == [told]


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize("code", TRANSLATED)
def test_a_text_that_a_language_lacks_is_told(shelf: Shelf, code: str, text: str) -> None:
    said = {**shelf.messages, code: {k: v for k, v in shelf.messages[code].items() if k != text}}
    assert lacks(Whole, replace(shelf, messages=said)) == [f"{code} text of {text!r}"]


@pytest.mark.parametrize("name", BOOK_FILES)
def test_a_missing_file_of_the_rule_book_is_told(shelf: Shelf, name: str) -> None:
    (shelf.book / "whole" / name).unlink()
    assert lacks(Whole, shelf) == [f"{name} in the rule book"]


@pytest.mark.parametrize("content", [None, "# tests will come\n"])
def test_a_rule_without_tests_is_told(shelf: Shelf, content: str | None) -> None:
    path = shelf.tests / "test_whole.py"
    path.unlink() if content is None else path.write_text(content)
    assert lacks(Whole, shelf) == ["tests in test_whole.py"]


@EVERY_RULE
def test_a_page_of_the_catalogue_says_everything(rule: type[Rule]) -> None:
    page = entry(rule, LOCAL)
    for part in ("name", "sentence", "breach_example"):
        assert all(page[part].values()), part
    assert page["source"]["reference"]["nb"]
    assert {one["id"] for one in page["profiles"]} == set(PROFILES)
    assert page["example"]
