"""Names of people in a scenario's text: exchanged for others, its comments, order and layout kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from turnus.errors import Path
from turnus.scenario.loader import Loaded, read_scenario
from turnus.scenario.pieces import Edit, Piece, edited, pieces_of, unshared

PSEUDONYM = re.compile(r"Person \d+")
#: Parts of the file whose texts are for people, and may name somebody in passing.
_TOLD = ({"name", "unit", "description"}, {"shifts", "competences", "demand", "agreements"})
#: Keys in rules and agreements whose values are words of the file and name nobody.
_WORDS = {"level", "strength", "profile", "valid_until", "hard"}
_SAFE = re.compile(r"[^\W\d_][\w .'-]*[\w.]")


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
    """Return a scenario's text with other names for some people, wherever it means them.

    That is the staff, all that refers to them, texts in which they are named in passing, and comments; in
    comments also by a part of their name.

    Raises
    ------
    InputError
        When the text is not a scenario, before or after: a new name may be somebody else's.
    """
    before = read_scenario(text, is_json=is_json)
    text = unshared(text, before.root.plain())
    others = {person.name: person.name for person in before.scenario.staff}  # `Ola` is not `Ola Dahl`
    whole = exchanging({**others, **names})
    parts = exchanging({**_parts(names, before), **others, **names})
    edits = [_edit(text, piece, names, whole, parts) for piece in pieces_of(text) if piece.said is not None]
    new = edited(text, edits, parts)
    read_scenario(new, is_json=is_json)
    return new


def exchanging(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what exchanges names in a running text, as whole words, longer ones first."""
    if not names:
        return str
    longest = sorted(names, key=lambda name: (-len(name), name))
    found = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return lambda told: found.sub(lambda match: names[match[1]], told)


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


def _edit(
    text: str,
    piece: Piece,
    names: Mapping[str, str],
    whole: Callable[[str], str],
    parts: Callable[[str], str],
) -> Edit:
    """Return how a scalar is written from now on, which is as before where it names nobody."""
    said, raw = piece.said or "", text[piece.start : piece.end]
    new = said if piece.is_key else _new(piece.path, said, names, whole)
    if new == said:
        block = piece.style in ("|", ">")  # may hold a comment, behind its sign
        return Edit(piece.start, piece.end, parts(raw) if block else raw)
    if piece.style == "" and "\n" not in raw and all(map(_SAFE.fullmatch, names.values())):
        return Edit(piece.start, piece.end, new)
    tail = "\n" if raw.endswith("\n") else ""
    return Edit(piece.start, piece.end, json.dumps(new, ensure_ascii=False) + tail)


def _new(path: Path, said: str, names: Mapping[str, str], whole: Callable[[str], str]) -> str:
    """Return what a value says from now on."""
    top, last = path[0] if path else "", path[-1] if path else ""
    if top == "staff":
        refers = path[2:] == ("name",) or path[2:3] == ("tags",)
        return names.get(said, said) if refers else said
    if top == "agreements" and "for" in path:
        return names.get(said, said)
    if top == "rules":
        return said if last in _WORDS else whole(said)
    if top in _TOLD[0] or (top in _TOLD[1] and last in ("name", "block", "parties", "id")):
        return whole(said)
    return said
