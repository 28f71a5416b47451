"""The rules: what a lawful and healthy rota is, each with its source, its checker and its lowering."""

from turnus.rules.base import Breach, Rule, Source
from turnus.rules.profiles import PROFILES, Limit, Profile
from turnus.rules.registry import RULES
from turnus.rules.schema import rule_schema
from turnus.rules.settings import build_rules

__all__ = [
    "PROFILES",
    "RULES",
    "Breach",
    "Limit",
    "Profile",
    "Rule",
    "Source",
    "build_rules",
    "rule_schema",
]
