"""The catalogues hold every text and nothing else, in full, and nothing English is left in Norwegian output.

When a text is new, the failing test prints the lines to add to `turnus/locale/nb.po` and `nn.po`.
"""

import ast
import datetime as dt
import errno
import os
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from tests.result.cases import small_case, small_outcome
from turnus import texts
from turnus.audit import audit
from turnus.cli.check_summary import show_check
from turnus.cli.run import run
from turnus.cli.summary import show_summary
from turnus.formats import report_html
from turnus.result.check import arranged
from turnus.rules import RULES
from turnus.rules.catalogue import texts as texts_shown

ROOT = Path(__file__).resolve().parents[1]
NORWEGIAN = ("nb", "nn")


@dataclass(frozen=True)
class Message:
    """A text in the code: its msgid, its plural if it has one, and where it stands."""

    id: str
    plural: str | None
    place: str


def messages_in_python(path: Path) -> Iterator[Message]:
    """Yield each text marked with `_`, `N_` or `ngettext`; other arguments are looked up at run time."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            if node.func.id in ("_", "N_") and given:
                yield Message(given[0], None, place)
            elif node.func.id == "ngettext" and len(given) >= 2:
                yield Message(given[0], given[1], place)


def messages_in_template(path: Path) -> Iterator[Message]:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for line, _function, message in extract_from_ast(tree, ("_",)):
        assert isinstance(message, str)
        yield Message(message, None, f"{path.relative_to(ROOT)}:{line}")


def messages_in_rules() -> Iterator[Message]:
    """Yield the texts that every rule carries, whether or not they were marked."""
    for rule in RULES:
        for text in (rule.title, rule.sentence, rule.unit, rule.source.reference, *texts_shown(rule)):
            yield Message(text, None, f"rule {rule.id}")


def all_messages() -> dict[str, Message]:
    """Return every text of the package by its msgid; a plural wins over the same text without one."""
    found: dict[str, Message] = {}
    code = sorted((ROOT / "turnus").rglob("*.py")) + sorted((ROOT / "api").rglob("*.py"))
    sources = [m for path in code for m in messages_in_python(path)]
    templates = [m for path in sorted((ROOT / "turnus").rglob("*.html")) for m in messages_in_template(path)]
    for message in (*sources, *templates, *messages_in_rules()):
        if message.id not in found or message.plural:
            found[message.id] = message
    return found


def catalogue(language: str) -> Catalog:
    with (texts.LOCALE_FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Return plural msgid and translated forms of each entry that has a full translation."""
    found = {}
    for entry in catalogue(language):
        if not entry.id or entry.fuzzy:
            continue
        ids = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id, None)
        forms = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
        texts_of_forms = tuple(form for form in forms if form)
        if len(texts_of_forms) == len(forms):
            found[ids[0]] = (ids[1], texts_of_forms)
    return found


def as_po(message: Message) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    if message.plural:
        ids = f"msgid {quoted(message.id)}\nmsgid_plural {quoted(message.plural)}"
        return f'#: {message.place}\n{ids}\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'#: {message.place}\nmsgid {quoted(message.id)}\nmsgstr ""\n'


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", NORWEGIAN)
def test_every_text_is_translated(language: str) -> None:
    known = translations(language)
    missing = [
        m for m in all_messages().values() if m.id not in known or bool(m.plural) != bool(known[m.id][0])
    ]
    assert "\n".join(map(as_po, missing)) == ""


@pytest.mark.parametrize("language", NORWEGIAN)
def test_the_catalogue_holds_nothing_that_no_code_says(language: str) -> None:
    assert sorted(set(translations(language)) - set(all_messages())) == []


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_translation_fills_in_the_same_values(language: str) -> None:
    for msgid, (plural, forms) in translations(language).items():
        for form in forms:
            assert fields(form) == fields(plural or msgid), msgid


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_translation_keeps_keys_options_and_the_way_a_sentence_ends(language: str) -> None:
    for msgid, (_plural, forms) in translations(language).items():
        for form in forms:
            assert re.findall(r"`[^`]+`", form) == re.findall(r"`[^`]+`", msgid), msgid
            assert re.findall(r"--\w+", form) == re.findall(r"--\w+", msgid), msgid
            assert (form[-1] in ".:?") == (msgid[-1] in ".:?"), msgid


#: Words that Norwegian does not have; names of the scenario in the tests are chosen without them.
_WORDS = (
    "the|of|and|with|not|posts?|weeks?|found|bound|goal|rules?|size|missing|days?|hours|who|are|this|every"
)
ENGLISH = re.compile(rf"\b({_WORDS})\b", re.IGNORECASE)


def english_left(text: str) -> list[str]:
    """Return the lines that hold an English word, keys of the file aside."""
    plain = re.sub(r"`[^`]*`|\b\w+(\.\w+)+\b", "", text)
    return [line.strip() for line in plain.splitlines() if ENGLISH.search(line)]


@pytest.fixture(params=NORWEGIAN)
def norwegian(request: pytest.FixtureRequest) -> Iterator[None]:
    texts.set_language(request.param)
    yield
    texts.set_language("nb")


NORWEGIAN_NAMES = {
    "name": "Lia",
    "competences__nurse__name": "Sykepleiere",
    "competences__aide__name": "Fagarbeidere",
    "shifts__0__name": "Dag",
    "shifts__1__name": "Kveld",
    "demand__0__block": "dag",
    "demand__1__block": "kveld",
    "agreements__0__parties": "Lia og NSF",
}


@pytest.mark.usefixtures("norwegian")
def test_no_english_is_left_in_the_report() -> None:
    case = small_case(**NORWEGIAN_NAMES, rules__set__daily_rest__rest="11 h")
    tags = r"<style>.*?</style>|<code>.*?</code>|<[^>]+>"  # values stand in <code>, as keys of the file
    html = re.sub(tags, " ", report_html(case, small_outcome(case)), flags=re.S)
    assert english_left(html.replace("for the test", "")) == []


HELP = [["--help"], *([verb, "--help"] for verb in ("new", "validate", "solve", "check", "rules"))]


@pytest.mark.usefixtures("norwegian")
@pytest.mark.parametrize("words", HELP)
def test_no_english_is_left_in_the_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 0
    verb = r"(?<=turnus )rules\b|(?<=│ )rules\b"  # the name of a command is the same in every language
    assert english_left(re.sub(verb, "", capsys.readouterr().out)) == []


@pytest.mark.usefixtures("norwegian")
def test_no_english_is_left_in_the_summary(capsys: pytest.CaptureFixture[str]) -> None:
    case = small_case(**NORWEGIAN_NAMES, rules__set__daily_rest__rest="11 h")
    outcome = small_outcome(case)
    show_summary(case, outcome)
    assert outcome.rota is not None
    found = audit(case.problem, case.rules, outcome.rota)
    check = arranged(case.scenario, case.problem, case.rules, outcome.rota, found)
    show_check(case, outcome.rota, found, check)
    assert english_left(capsys.readouterr().out) == []


def test_the_searcher_itself_finds_english() -> None:
    assert english_left("Høyst 21 full-time posts") == ["Høyst 21 full-time posts"]
    assert english_left("Høyst 21 heltidsstillinger, `rest: 9 h`") == []


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("nb", "nb"),
        ("no", "nb"),
        ("nb_NO.UTF-8", "nb"),
        ("NN-no", "nn"),
        ("en_GB", "en"),
        ("fr", None),
        ("", None),
    ],
)
def test_language_codes(code: str, known: str | None) -> None:
    assert texts.known_language(code) == known


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of nb, nn, en; found 'fr'"):
        texts.set_language("fr")


def test_a_block_has_its_own_language_and_gives_the_old_one_back() -> None:
    before = texts.language()
    with texts.using_language("nn"):
        assert texts.language() == "nn"
        with texts.using_language("en"):
            assert texts.language() == "en"
        assert texts.language() == "nn"
    assert texts.language() == before


def test_a_text_without_translation_is_shown_in_english() -> None:
    with texts.using_language("nb"):
        assert texts._("no catalogue has this sentence") == "no catalogue has this sentence"
        assert texts.ngettext("{n} gnu", "{n} gnus", 2) == "{n} gnus"


@pytest.mark.parametrize(
    ("language", "number", "percent", "signed", "day"),
    [
        ("nb", "1\u00a0234,5", "61,5\u00a0%", "+2,5\u00a0t", "5. jan. 2026"),
        ("nn", "1\u00a0234,5", "61,5\u00a0%", "+2,5\u00a0t", "5. jan. 2026"),
        ("en", "1,234.5", "61.5%", "+2.5 h", "Jan 5, 2026"),
    ],
)
def test_numbers_and_dates(language: str, number: str, percent: str, signed: str, day: str) -> None:
    with texts.using_language(language):
        assert texts.number(1234.49, 1) == number
        assert texts.percent(61.538) == percent
        assert texts.hours(150, signed=True) == signed
        assert texts.date(dt.date(2026, 1, 5)) == day
        assert texts.number(-0.01, 1) == texts.number(0, 1)  # no minus before zero


def test_numbers_have_no_more_decimals_than_they_need() -> None:
    with texts.using_language("nb"):
        assert [texts.up_to(value) for value in (24.0, 23.28, 0.125, -3.5)] == ["24", "23,28", "0,12", "-3,5"]
        assert texts.hours(0, signed=True) == "0\u00a0t"
        assert texts.hours(-45, 2, signed=True) == "-0,75\u00a0t"


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "dag, kveld og natt"), ("nn", "dag, kveld og natt"), ("en", "dag, kveld, and natt")],
)
def test_words_are_listed_as_the_language_does(language: str, words: str) -> None:
    with texts.using_language(language):
        assert texts.enumerated(["dag", "kveld", "natt"]) == words


def test_weekdays_have_a_short_and_a_long_name() -> None:
    with texts.using_language("nb"):
        assert [texts.weekday(day, short=True) for day in range(7)] == "ma ti on to fr lø sø".split()
        assert texts.weekday(6) == "søndag"


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (errno.ENOENT, "nb", "ingen slik fil eller mappe"),
        (errno.EACCES, "nn", "inga tilgang"),
        (errno.EISDIR, "en", "a folder"),
        (errno.ENOSPC, "nb", "full disk"),
    ],
)
def test_why_a_file_could_not_be_used_is_said_in_the_language(number: int, language: str, words: str) -> None:
    with texts.using_language(language):
        assert texts.os_reason(OSError(number, os.strerror(number))) == words
    assert texts.os_reason(OSError(errno.EDOM, "odd")) == "odd"
