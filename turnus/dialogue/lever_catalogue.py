"""The levers as plain data, texts in every language: what each changes, rests on and takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from turnus.dialogue.lever import Lever
from turnus.rules.catalogue import in_languages

Document = dict[str, Any]
_TYPES = {"string": "abc", "number": "1, 2.5, …"}


def lever_catalogue(kinds: Sequence[type[Lever]]) -> list[Document]:
    """Return one entry for each lever; what a parameter takes is read from its type."""
    return [
        {
            "id": kind.id,
            "name": in_languages(kind.title),
            "sentence": in_languages(kind.sentence),
            "rests_on": in_languages(kind.rests_on),
            "parameters": _parameters(kind),
        }
        for kind in kinds
    ]


def _parameters(kind: type[Lever]) -> list[Document]:
    schema = kind.model_json_schema(by_alias=True)
    return [
        {
            "name": name,
            "default": part.get("default"),
            "required": name in schema.get("required", ()),
            "values": _values(part),
            "description": in_languages(part["description"]),
        }
        for name, part in schema["properties"].items()
    ]


def _values(part: Document) -> str:
    """Return what a parameter takes, briefly: `0–100`, `day | evening | night`, `12 h`."""
    kinds = [one for one in part.get("anyOf", [part]) if one.get("type") != "null"]
    return " | ".join(dict.fromkeys(_kind(one) for one in kinds))


def _kind(part: Document) -> str:
    if "enum" in part:
        return " | ".join(part["enum"])
    least, most = part.get("minimum", part.get("exclusiveMinimum")), part.get("maximum")
    if least is not None or most is not None:
        return f"{'' if least is None else f'{least:g}'} … {'' if most is None else f'{most:g}'}"
    if part.get("type") == "boolean":
        return "true | false"
    examples = part.get("examples")
    return ", ".join(map(str, examples)) if examples else _TYPES.get(str(part.get("type")), "1, 2, …")
