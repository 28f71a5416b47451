"""Rule profiles: for each level of agreement the values used; how far they may be moved says the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from turnus.clock import show_duration
from turnus.rules.base import Rule
from turnus.rules.levels import Level, Limit
from turnus.rules.registry import group_of
from turnus.rules.way_of_working import BY_LAW
from turnus.texts import N_

Values = dict[str, dict[str, Any]]
HOUR = 60


@dataclass(frozen=True)
class Profile:
    """One level of agreement and the values it uses; what it does not name is as the rule itself has it.

    `level` is the agreement that the profile takes for granted, and so how far its values may be moved.
    """

    id: str
    title: str  # English msgid
    level: Level
    values: Values
    #: what the values rest on where that is no agreement, English msgid
    basis: str = ""
    #: what is not verified about the values, English msgid
    note: str = ""
    #: rules that a rota checked without a scenario is held to, although scenarios are not
    checked: tuple[str, ...] = ()

    def values_of(self, rule: type[Rule]) -> dict[str, Any]:
        """Return a rule's values under the profile as a scenario file would set them, `enabled` included."""
        standing: dict[str, Any] = {}
        if rule.standing == "soft":
            standing["strength"] = "soft"
        if rule.standing == "off":
            standing["enabled"] = False
        if rule.standing == "hard" and group_of(rule) == "agreed" and self.level is Level.LAW:
            standing["strength"] = "soft"  # what nobody has agreed on binds nobody
        return {**standing, **self.values.get(rule.id, {})}

    def holds(self, rule: type[Rule]) -> bool:
        """Whether the profile uses a rule without a scenario setting it."""
        return bool(self.values_of(rule).get("enabled", True))

    def own_value(self, limit: Limit, rule: type[Rule]) -> int | None:
        """Return the value that the profile itself uses of a limited parameter; None without the rule.

        A rule that it has values for, but leaves out, has them as soon as a file sets it.
        """
        named = set(self.values.get(rule.id, {})) - {"enabled"}
        if not self.holds(rule) and not named:
            return None
        name = next(name for name, one in rule.model_fields.items() if limit.parameter in (one.alias, name))
        values = {key: value for key, value in self.values_of(rule).items() if key != "enabled"}
        value: int = getattr(rule.model_validate(values), name)
        return value

    def uses(self, limit: Limit, rule: Rule) -> bool:
        """Whether a rule's value goes no further than the profile's own, which it takes for granted."""
        own = self.own_value(limit, type(rule))
        if own is None:
            return False
        name = next(
            name for name, one in type(rule).model_fields.items() if limit.parameter in (one.alias, name)
        )
        value: int = getattr(rule, name)
        return value >= own if limit.bound == "least" else value <= own

    def reach(self, limit: Limit, rule: type[Rule]) -> int | None:
        """Return how far the profile's level may move a parameter; None when to any value."""
        by_level, own = limit.reach(self.level), self.own_value(limit, rule)
        if by_level is None or own is None:
            return by_level
        return min(by_level, own) if limit.bound == "least" else max(by_level, own)


def _profile(
    id: str,
    title: str,
    level: Level,
    *,
    daily: int,
    weekly: int,
    week: int | None,
    shift: int,
    in_a_row: int = 3,
    more: Values | None = None,
    note: str = "",
) -> Profile:
    """Return a profile by the values it uses, in minutes; without a `week` it is the ordinary one.

    `in_a_row` is how many Sundays may be worked in a row: with more than one, time off is averaged.
    """
    return Profile(
        id,
        title,
        level,
        {
            "daily_rest": {"rest": show_duration(daily)},
            "weekly_rest": {"rest": show_duration(weekly)},
            "max_hours_per_week": {way: show_duration(week or hours) for way, hours in BY_LAW.items()},
            "max_hours_per_shift": {"longest": show_duration(shift)},
            "sundays_off": {"in_a_row": in_a_row, "enabled": in_a_row == 1},
            **(more or {}),
        },
        note=note,
        checked=() if in_a_row == 1 else ("sundays_off",),
    )


#: The regulation takes the place of the act's limits on hours; the weekly rest stays as it is.
_LIVE_IN = Profile(
    "medlever",
    N_("The live-in scheme, after its regulation"),
    Level.LAW,
    {
        "live_in_scheme": {"enabled": True},
        "daily_rest": {"enabled": False},  # the scheme asks for its own ten hours
        "weekly_rest": {"rest": show_duration(35 * HOUR)},
        "max_hours_per_shift": {"longest": show_duration(24 * HOUR), "passive_extension": show_duration(0)},
        "max_hours_per_week": {"enabled": False},
        "mean_hours_eight_weeks": {"enabled": False},
        "mean_weekly_hours": {"enabled": False},
        "night_work": {"enabled": False},
        "total_hours": {"enabled": False},
    },
    basis=N_("Forskrift om medleverordninger §§ 2–3"),
    note=N_("Not verified: which of the act's limits the regulation sets aside."),
)

PROFILES: dict[str, Profile] = {
    profile.id: profile
    for profile in (
        _profile(
            "aml", N_("The Working Environment Act without agreements"), Level.LAW,
            daily=11 * HOUR, weekly=35 * HOUR, week=None, shift=9 * HOUR, in_a_row=1,
        ),
        _profile(
            "ks-individ", N_("KS, with agreements between employer and employee"), Level.INDIVIDUAL,
            daily=11 * HOUR, weekly=35 * HOUR, week=50 * HOUR, shift=10 * HOUR,
        ),
        _profile(
            "ks-lokal", N_("KS, with a local agreement"), Level.LOCAL,
            daily=9 * HOUR, weekly=35 * HOUR, week=54 * HOUR, shift=10 * HOUR,
        ),
        _profile(
            "ks-lokal-langvakt", N_("KS, with a local agreement on long shifts"), Level.LOCAL,
            daily=9 * HOUR, weekly=35 * HOUR, week=54 * HOUR, shift=12 * HOUR + 30,
        ),
        _profile(
            "sentral-langvakt", N_("KS, with a central union's agreement on long shifts"), Level.CENTRAL,
            daily=9 * HOUR, weekly=35 * HOUR, week=54 * HOUR, shift=14 * HOUR + 30,
            more={"total_hours": {"shift": "14 h 30 min"}},
            note=N_(
                "Not verified: AML § 10-12 (4) was not read; 13 h to 14 h 30 min is what central agreements "
                "have in practice."
            ),
        ),
        _LIVE_IN,
    )
}  # fmt: skip
