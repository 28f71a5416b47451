"""Bodies that are texts of their own: scenarios as YAML or JSON, read whole and no further than the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from api.problems import Problem
from turnus import STARTERS, starter
from turnus import translated as _

YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")
JSON_TYPE = "application/json"


@dataclass(frozen=True)
class ScenarioText:
    """The bytes of a scenario, and whether they are JSON."""

    raw: bytes
    is_json: bool

    @property
    def media_type(self) -> str:
        """Return what it is given back as."""
        return JSON_TYPE if self.is_json else YAML_TYPES[0]


async def _scenario_text(request: Request) -> ScenarioText:
    kind = request.headers.get("content-type", YAML_TYPES[0]).split(";")[0].strip().lower()
    if kind not in (*YAML_TYPES, JSON_TYPE):
        text = _("Expected a scenario as YAML or JSON; found {value}.").format(value=repr(kind))
        raise Problem(
            415, "media-type", text, _("Send it with Content-Type application/yaml or application/json.")
        )
    return ScenarioText(await request.body(), kind == JSON_TYPE)


ScenarioBody = Annotated[ScenarioText, Depends(_scenario_text)]


def scenario_body() -> dict[str, Any]:
    """Return what the OpenAPI document says of such a body."""
    text = starter(next(iter(STARTERS)))
    yaml = {"schema": {"type": "string"}, "example": text}
    json = {"schema": {"type": "object"}}
    content = {YAML_TYPES[0]: yaml, JSON_TYPE: json}
    return {"requestBody": {"required": True, "content": content}}
