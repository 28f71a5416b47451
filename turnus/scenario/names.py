"""Names of people in a scenario's text: exchanged for others, its comments, order and layout kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple
from unicodedata import normalize

from turnus.errors import InputError, Path
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


class _Names(NamedTuple):
    """New names by the old, and what exchanges them.

    `whole` works on what is told about people, `anywhere` on every other word of the file, `parts` also on
    first and last names.
    """

    changes: Mapping[str, str]
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
    others = {person.name: person.name for person in before.scenario.staff}  # `Ola` is not `Ola Dahl`
    names = spelt({**others, **names})
    changes = {name: new for name, new in names.items() if name != new}
    pieces = [piece for piece in pieces_of(text) if piece.said is not None]
    parts = exchanging({**_parts(changes, before), **names})
    said = _Names(changes, exchanging(names), exchanging(_unmistakable(names)), parts)
    with suppress(InputError):
        new = _rewritten(text, pieces, said)
        read_scenario(new, is_json=is_json)
        return new
    new = _rewritten(text, pieces, said._replace(anywhere=str))
    read_scenario(new, is_json=is_json)
    return new


def exchanging(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges names in a running text, as whole words, longer ones first.

    A name of several words is found where a line ends between them, too.
    """
    if not names:
        return str
    longest = sorted(names, key=lambda name: (-len(name), name))
    folded = {_unfolded(name): new for name, new in names.items()}
    found = re.compile(r"(?<!\w)(" + "|".join(map(_pattern, longest)) + r")(?!\w)")
    return lambda told: found.sub(lambda match: names.get(match[1]) or folded[_unfolded(match[1])], told)


def spelt(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names with each of them in every spelling of its letters: `å` may be one sign or two."""
    forms = {normalize(form, name): new for form in ("NFC", "NFD") for name, new in names.items()}
    return {**forms, **names}


def _pattern(name: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", name)))


def _unfolded(name: str) -> str:
    return re.sub(r"\s+", " ", name)


def _unmistakable(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names without those that a shift's code or a figure may be: `D`, `12`."""
    return {name: new for name, new in names.items() if not _CODE.fullmatch(name)}


def _rewritten(text: str, pieces: Iterable[Piece], names: _Names) -> str:
    return edited(text, [_edit(text, piece, names) for piece in pieces], names.parts)


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
    if piece.style == "" and "\n" not in raw and all(map(_SAFE.fullmatch, names.changes.values())):
        return Edit(piece.start, piece.end, new)
    tail = "\n" if raw.endswith("\n") else ""
    return Edit(piece.start, piece.end, json.dumps(new, ensure_ascii=False) + tail)


def _new(path: Path, said: str, names: _Names) -> str:
    """Return what a value says from now on."""
    top, last = path[0] if path else "", path[-1] if path else ""
    if top in _OWN:
        return names.parts(said)
    if path[:1] == ("staff",) and path[2:] == ("name",):
        return names.changes.get(said, said)
    refers = top == "staff" and path[2:3] == ("tags",)
    refers |= top == "agreements" and "for" in path
    refers |= top == "rules" and last not in _WORDS
    refers |= top in _TOLD and last in ("name", "block", "parties", "id")
    return names.whole(said) if refers else names.anywhere(said)
