"""Names of people in a scenario's text: exchanged for others, its comments, order and layout kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple
from unicodedata import normalize

from turnus.errors import InputError, Path
from turnus.scenario.document import parse_value
from turnus.scenario.loader import Loaded, read_scenario
from turnus.scenario.pieces import Edit, Piece, edited, pieces_of, unshared

PSEUDONYM = re.compile(r"Person \d+")
#: What the scenario says of itself, where people are called by a part of their name, too.
_OWN = {"name", "unit", "description"}
#: Parts of the file whose texts are for people, and may name somebody in passing.
_TOLD = {"shifts", "competences", "demand", "agreements"}
#: Keys in rules and agreements whose values are words of the file and name nobody.
_WORDS = {"level", "strength", "profile", "valid_until", "hard"}
_SAFE = re.compile(r"[^\W\d_][\w .'-]*[\w.]")
_CODE = re.compile(r"[^\W\d]?\d*")
#: Accents that stand as signs of their own belong to the letter before them.
_ACCENT = "\u0300-\u036f"


class _Names(NamedTuple):
    """Names to come, and what exchanges those that are there.

    `own` works on what is nothing but a name, `whole` on what is told about people, `anywhere` on every
    other word of the file, `parts` also on first and last names.
    """

    new: tuple[str, ...]
    own: Callable[[str], str]
    whole: Callable[[str], str]
    anywhere: Callable[[str], str]
    parts: Callable[[str], str]


def pseudonymised(text: str, *, is_json: bool = False) -> tuple[str, dict[str, str]]:
    """Return a scenario's text with `Person 1`, `Person 2` … for its people, and who is who.

    Raises
    ------
    InputError
        When the text is not a scenario.
    """
    loaded = read_scenario(text, is_json=is_json)
    names = pseudonyms(person.name for person in loaded.scenario.staff)
    return renamed(text, names, is_json=is_json), names


def pseudonyms(names: Iterable[str]) -> dict[str, str]:
    """Return a pseudonym for each name in their order; names that are pseudonyms stay."""
    real = list(names)
    taken = {name for name in real if PSEUDONYM.fullmatch(name)}
    free = (f"Person {n}" for n in range(1, 2 * len(real) + 2))
    free = (name for name in free if name not in taken)
    return {name: next(free) for name in real if name not in taken}


def renamed(text: str, names: Mapping[str, str], *, is_json: bool = False) -> str:
    """Return a scenario's text with other names for some people, wherever it names them and however.

    That is the staff, all that refers to them, every other text, and comments; in comments and in what the
    scenario says of itself also by a part of their name. A name that is a word of the file as well, such as
    the id of a competence that cannot be called otherwise, stays in that place.

    Raises
    ------
    InputError
        When the text is not a scenario, before or after: a new name may be somebody else's.
    """
    before = read_scenario(text, is_json=is_json)
    text = unshared(text, before.root.plain())
    changed = {alike(name) for name in names}
    others = [person.name for person in before.scenario.staff if alike(person.name) not in changed]
    names = {**{name: name for name in others}, **names}  # `Ola` is not `Ola Dahl`
    changes = {name: new for name, new in names.items() if name != new}
    parts = exchanging({**_parts(changes, before), **names})
    said = _Names(tuple(changes.values()), _looked_up(names), exchanging(names),
                  exchanging(_unmistakable(names)), parts)  # fmt: skip
    with suppress(InputError):
        new = _rewritten(text, said)
        read_scenario(new, is_json=is_json)
        return new
    new = _rewritten(text, said._replace(anywhere=str))
    read_scenario(new, is_json=is_json)
    return new


def reworded(text: str, exchange: Callable[[str], str]) -> str:
    """Return any YAML or JSON text with each key, value and comment exchanged, whatever it is about.

    Raises
    ------
    InputError
        When it is neither.
    """
    text = unshared(text, parse_value(text.replace("\t", " ")).plain())
    return _rewritten(text, _Names(("\0",), exchange, exchange, exchange, exchange))


def comments_in(text: str) -> list[str]:
    """Return the comments of a YAML text that has been read without a mistake."""
    found: list[str] = []

    def kept(comment: str) -> str:
        found.append(comment)
        return comment

    edited(text, [Edit(piece.start, piece.end, "") for piece in _scalars(text)], kept)
    return found


def exchanging(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges names in a running text, as whole words, longer ones first.

    A name of several words is found where a line ends between them, too, and in every spelling of its
    letters: `å` may be one sign or two.
    """
    if not names:
        return str
    longest = sorted(names, key=lambda name: (-len(name), name))
    found = re.compile(rf"(?<!\w)({'|'.join(map(_pattern, longest))})(?![\w{_ACCENT}])")
    new = _looked_up(names)
    return lambda told: found.sub(lambda match: new(match[1]), told)


def alike(name: str) -> str:
    """Return a name as every spelling of it becomes: single blanks, each letter with its accents one sign."""
    return re.sub(r"\s+", " ", normalize("NFC", name))


def _looked_up(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges a text that is one of the names, and leaves every other as it is."""
    by_likeness = {alike(name): new for name, new in names.items()}
    return lambda told: names.get(told) or by_likeness.get(alike(told), told)


def _pattern(name: str) -> str:
    return r"\s+".join("".join(map(_letter, normalize("NFC", word))) for word in re.split(r"\s+", name))


def _letter(sign: str) -> str:
    apart = normalize("NFD", sign)
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"


def _unmistakable(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names without those that a shift's code or a figure may be: `D`, `12`."""
    return {name: new for name, new in names.items() if not _CODE.fullmatch(name)}


def _rewritten(text: str, names: _Names) -> str:
    return edited(text, [_edit(text, piece, names) for piece in _scalars(text)], names.parts)


def _scalars(text: str) -> list[Piece]:
    return [piece for piece in pieces_of(text) if piece.said is not None]


def _parts(names: Mapping[str, str], loaded: Loaded) -> dict[str, str]:
    """Return first and last names, by which a comment may call people; `Person` for those of several.

    `Nurse 1` and `Nurse 2` are no names of people, and `Nurse` no part of one.
    """
    everybody = [set(person.name.split()) for person in loaded.scenario.staff]
    found = {}
    for name, new in names.items():
        for part in () if name[-1].isdigit() else name.split():
            if len(part) > 2 and part[:1].isupper():
                shared = sum(part in one for one in everybody) > 1
                found[part] = "Person" if shared else new
    return found


def _edit(text: str, piece: Piece, names: _Names) -> Edit:
    """Return how a scalar is written from now on, which is as before where it names nobody."""
    said, raw = piece.said or "", text[piece.start : piece.end]
    new = names.anywhere(said) if piece.is_key else _new(piece.path, said, names)
    if new == said:
        block = piece.style in ("|", ">")  # may hold a comment, behind its sign
        return Edit(piece.start, piece.end, names.parts(raw) if block else raw)
    if piece.style == "" and "\n" not in raw and all(map(_SAFE.fullmatch, names.new)):
        return Edit(piece.start, piece.end, new)
    tail = "\n" if raw.endswith("\n") else ""
    return Edit(piece.start, piece.end, json.dumps(new, ensure_ascii=False) + tail)


def _new(path: Path, said: str, names: _Names) -> str:
    """Return what a value says from now on."""
    top, last = path[0] if path else "", path[-1] if path else ""
    if top in _OWN:
        return names.parts(said)
    if path[:1] == ("staff",) and path[2:] == ("name",):
        return names.own(said)
    refers = top == "staff" and path[2:3] == ("tags",)
    refers |= top == "agreements" and "for" in path
    refers |= top == "rules" and last not in _WORDS
    refers |= top in _TOLD and last in ("name", "block", "parties", "id")
    return names.whole(said) if refers else names.anywhere(said)
