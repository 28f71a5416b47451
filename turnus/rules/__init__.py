"""The rules: what a lawful and healthy rota is, each with its source, its checker and its lowering."""

from turnus.rules.agreements import Agreed, Reliance
from turnus.rules.base import Breach, Rule, Source
from turnus.rules.levels import Level, Limit
from turnus.rules.profiles import PROFILES, Profile
from turnus.rules.registry import RULES
from turnus.rules.schema import rule_schema
from turnus.rules.settings import build_rules, settle

__all__ = [
    "PROFILES",
    "RULES",
    "Agreed",
    "Breach",
    "Level",
    "Limit",
    "Profile",
    "Reliance",
    "Rule",
    "Source",
    "build_rules",
    "rule_schema",
    "settle",
]
