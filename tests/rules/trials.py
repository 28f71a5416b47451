"""Trials of the first rules; a newer rule has its `TRIALS` and `FAULTS` in its own test file."""

from dataclasses import replace

from tests.builders import DAY, EVENING, LONG, NIGHT, shift
from tests.rules.three_ways import Trial
from turnus.rules.agreed.forbidden_sequences import ForbiddenSequences
from turnus.rules.agreed.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.agreed.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.agreed.rest_after_nights import RestAfterNights
from turnus.rules.agreed.volunteers import Volunteers
from turnus.rules.agreed.weekend_frequency import WeekendFrequency
from turnus.rules.agreed.whole_weekends import WholeWeekends
from turnus.rules.health.backward_rotation import BackwardRotation
from turnus.rules.health.evening_before_free_weekend import EveningBeforeFreeWeekend
from turnus.rules.health.isolated_days_off import IsolatedDaysOff
from turnus.rules.health.isolated_working_days import IsolatedWorkingDays
from turnus.rules.health.mixed_weekends import MixedWeekends
from turnus.rules.health.quick_returns import QuickReturns
from turnus.rules.health.single_nights import SingleNights
from turnus.rules.kinds import (
    Cells,
    ClockGap,
    HorizonSum,
    Kind,
    RestInWeek,
    RunLength,
    Sequence,
    WeekEvents,
    WindowSum,
)
from turnus.rules.law.daily_rest import DailyRest
from turnus.rules.law.max_hours_per_shift import MaxHoursPerShift
from turnus.rules.law.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.law.weekly_rest import WeeklyRest
from turnus.rules.structure.competence import Competence
from turnus.rules.structure.fixed_shifts import FixedShifts
from turnus.rules.structure.hours_of_post import HoursOfPost
from turnus.rules.structure.leave import Leave
from turnus.rules.structure.one_shift_a_day import OneShiftADay
from turnus.rules.structure.personal_limits import PersonalLimits

# One minute before D: with it in a line, a bound that D meets exactly is missed by a minute.
EARLY = shift("E", "07:29", "15:00", "day")
FOUR = (DAY, EVENING, NIGHT, EARLY)
WITH_LONG = (DAY, EVENING, NIGHT, LONG)
TO_THE_MINUTE = (NIGHT, shift("V", "07:45", "15:00"), shift("W", "07:44", "15:00"))
ANY = " ".join(["-DN"] * 7)

TRIALS = {
    "one_shift_a_day": Trial(OneShiftADay(), "-N -DN -N -D -A DN -DN", "DN"),
    # N ends when V starts, and a minute after W does.
    "one_shift_a_day: to the minute": Trial(OneShiftADay(), "-N -VWN -V -N -W -N -VW", "N", TO_THE_MINUTE),
    "competence": Trial(
        Competence(), "-D -DN -D -N -N - -D", shifts=(DAY, EVENING, replace(NIGHT, days=frozenset({1, 4})))
    ),
    "competence: closed": Trial(
        Competence(),
        "-D -DN -D -N -N - -D",
        shifts=(DAY, EVENING, replace(NIGHT, competences=frozenset({1}))),
    ),
    # From A to D are 9 h 15 min, to E one minute less.
    "daily_rest": Trial(DailyRest(rest_minutes=9 * 60 + 15), "-AD -AE -DE -ADE -A -D -AE", "DA", FOUR),
    # From A over a day off to D are 33 h 15 min.
    "daily_rest: over days off": Trial(
        DailyRest.model_construct(rest_minutes=33 * 60 + 15), "-A -DE -A -AE -D -A -ED", "A-", FOUR
    ),
    "daily_rest: of days": Trial(
        DailyRest.model_construct(rest_minutes=(3 * 24 + 9) * 60 + 15), "-A -D -E -A -D -E -", "A--", FOUR
    ),
    "weekly_rest": Trial(WeeklyRest(rest_minutes=33 * 60 + 15), "-A -AE -AD A -AD -E -AE", "AAAAA--", FOUR),
    "weekly_rest: straddling": Trial(
        WeeklyRest(rest_minutes=33 * 60 + 15), "A A A A -A -AD -A -DE -AE A -A A D -A", "DDDDDA-", FOUR
    ),
    "weekly_rest: open past": Trial(WeeklyRest(rest_minutes=35 * 60), "-DA -D -A A -A -D -A", "A-", FOUR),
    "weekly_rest: lost past": Trial(
        WeeklyRest(rest_minutes=35 * 60), "-DA -D -A A -A -D -A", "AAA-AAA", FOUR
    ),
    "weekly_rest: lost and open past": Trial(
        WeeklyRest(rest_minutes=35 * 60), "-DA -D -A A -A -D -A", "AAAAAA-", FOUR
    ),
    "weekly_rest: kept past": Trial(
        WeeklyRest(rest_minutes=35 * 60), "-DA -D -A A -A -D -A", "D-DAAA-", FOUR
    ),
    "weekly_rest: not straddling": Trial(
        WeeklyRest(rest_minutes=23 * 60 + 45, straddle=False), "-A -DE A -A A -A NA", "DDDDDDN", FOUR
    ),
    "weekly_rest: two weeks apart": Trial(
        WeeklyRest(rest_minutes=33 * 60 + 15, straddle=False),
        "D D D D -A -A -A -E -A A -D A -A -N",
        "D--",
        FOUR,
    ),
    "weekly_rest: unbroken days": Trial(
        WeeklyRest(rest_minutes=4 * 24 * 60 + 555), "A -A -D -D -A -AD -D", "-A--", FOUR
    ),
    "max_working_days_in_a_row": Trial(MaxWorkingDaysInARow(days=3), ANY, "-DND"),
    "max_working_days_in_a_row: week": Trial(MaxWorkingDaysInARow(days=8), " ".join(["-D"] * 7), "DDDDDD"),
    "max_nights_in_a_row": Trial(MaxNightsInARow(nights=2), ANY, "NN"),
    # From N over a day off to D are 23 h 45 min.
    "rest_after_nights": Trial(
        RestAfterNights(rest_minutes=23 * 60 + 45), "-N -DN -DE -NE -D -N -DE", "-N", FOUR
    ),
    "weekend_frequency": Trial(
        WeekendFrequency(worked=1, of_weeks=2), "- - - - -N -D -A - - - - D -A -", "-N-"
    ),
    "weekend_frequency: third": Trial(
        WeekendFrequency(worked=1, of_weeks=3),
        "- - - - -N -D -D " + " ".join(["- - - - - -D -"] * 5),
        "-----D- -------",
    ),
    "weekend_frequency: beyond the cycle": Trial(
        WeekendFrequency(worked=2, of_weeks=5), " ".join(["- - - - -N -D -D"] * 3), "-----D- ----N-- ------D"
    ),
    "weekend_frequency: volunteers": Trial(
        WeekendFrequency(worked=0, of_weeks=2, volunteers_worked=1, volunteers_of_weeks=2),
        "- - - - -N -D -A - - - - D -A -",
        person=(("extra_weekends", True),),
    ),
    "whole_weekends": Trial(WholeWeekends(), "-D -D - -D -DN -DN -DA", "D-"),
    "whole_weekends: Monday morning": Trial(
        WholeWeekends(), "-D -D - -D -DN -DN -DA", "D-", weekend=("thursday 21:00", "sunday 00:00")
    ),
    "max_hours_per_week": Trial(MaxHoursPerWeek.alike(4 * 450), "-D -D -D -D -DE -D -DE", "DDDD", FOUR),
    "max_hours_per_week: two": Trial(
        MaxHoursPerWeek.alike(3 * 450), "D D -D -E - - -D D - -D -E D - -", "DDDD", FOUR
    ),
    "max_hours_per_shift": Trial(
        MaxHoursPerShift(longest_minutes=585), "-N -DL -N -D -L -DN -", shifts=WITH_LONG
    ),
    "hours_of_post": Trial(
        HoursOfPost(),
        " ".join(["-DE"] * 7),
        shifts=FOUR,
        person=(("full_week_minutes", 1800), ("under_minutes", 449), ("over_minutes", 1)),
    ),
    "forbidden_sequences": Trial(
        ForbiddenSequences(sequences=(("night", "off", "D"), ("A", ("A", "N"), "any"))),
        "-DN -AN -D -AN -DA -AN -DN",
        "NA",
    ),
    "leave": Trial(Leave(), "-D -D -N - -D -D -D", person=(("leave", frozenset({1, 2})),)),
    "fixed_shifts": Trial(
        FixedShifts(), "-D -DN -D -N -D -D -DN", person=(("pins", ((1, 1), (4, 0), (6, 3))),)
    ),
    "personal_limits": Trial(
        PersonalLimits(), "-D -DN -D -N -D -D -D", person=(("bans", frozenset({(1, 3), (2, 0)})),)
    ),
    "volunteers": Trial(Volunteers(), "-D -DL -L - -D -DL -D", shifts=WITH_LONG),
    "volunteers: one": Trial(
        Volunteers(), "-DL -L - - - - -", shifts=WITH_LONG, person=(("long_shifts", True),)
    ),
    "isolated_working_days": Trial(IsolatedWorkingDays(), ANY, "-D"),
    "isolated_working_days: three": Trial(IsolatedWorkingDays(at_least=3), ANY, "DD"),
    "isolated_working_days: week": Trial(IsolatedWorkingDays(at_least=7), " ".join(["-D"] * 7), "-DDD"),
    "isolated_days_off": Trial(IsolatedDaysOff(), ANY, "D-"),
    "single_nights": Trial(SingleNights(), ANY, "DN"),
    "quick_returns": Trial(QuickReturns(rest_minutes=9 * 60 + 15), "-AD -AE -DE -ADE -A -D -AE", "A", FOUR),
    "backward_rotation": Trial(BackwardRotation(), "-DA -AN -DA -DAN -D -DA -DN", "N"),
    "mixed_weekends": Trial(MixedWeekends(), "-D -D - -A -DA -DAN -DAN", "DA"),
    "evening_before_free_weekend": Trial(EveningBeforeFreeWeekend(), "-D -A - -A -DA -DA -DA", "AA-"),
    "evening_before_free_weekend: Saturday": Trial(
        EveningBeforeFreeWeekend(), "-D -A - -A -DA -DA -DA", "A", weekend=("sunday 00:00", "monday 00:00")
    ),
}


# (trial, faults its lines are made to show); the first word of a fault names the bound.
FAULTS: list[tuple[str, type[Kind], tuple[str, ...]]] = [
    ("max_working_days_in_a_row", RunLength, ("longest+1", "longest-1")),
    ("isolated_working_days: three", RunLength, ("shortest+1", "shortest-1")),
    ("daily_rest", ClockGap, ("minimum+1", "minimum-1")),
    ("rest_after_nights", ClockGap, ("minimum+1", "minimum-1")),
    ("weekly_rest", RestInWeek, ("minimum+1", "minimum-1")),
    ("weekly_rest: straddling", RestInWeek, ("minimum+1", "minimum-1")),
    ("weekly_rest: not straddling", RestInWeek, ("minimum+1", "minimum-1")),
    ("max_hours_per_week", WindowSum, ("most+1", "most-1")),
    (
        "weekend_frequency: third",
        WeekEvents,
        ("most+1", "most-1", "of_weeks+1", "of_weeks-1", "without (4, 3)"),
    ),
    ("hours_of_post", HorizonSum, ("least+1", "least-1", "most+1", "most-1")),
    ("forbidden_sequences", Sequence, ("a step too few",)),
    ("mixed_weekends", Sequence, ("a step too few", "a day later")),
    ("leave", Cells, ("without (1, 1)", "without (2, 3)")),
    ("one_shift_a_day: to the minute", ClockGap, ("minimum+1", "minimum-1")),
    ("quick_returns", ClockGap, ("minimum+1", "minimum-1")),
    ("max_nights_in_a_row", RunLength, ("longest+1", "longest-1")),
    ("isolated_days_off", RunLength, ("shortest+1", "shortest-1")),
    ("single_nights", RunLength, ("shortest+1", "shortest-1")),
    ("whole_weekends", Sequence, ("a step too few", "a day later")),
    ("backward_rotation", Sequence, ("a step too few", "step 0 without 2")),
    ("evening_before_free_weekend", Sequence, ("a step too few", "a day later")),
    ("competence", Cells, ("without (3, 3)",)),
    ("fixed_shifts", Cells, ("without (1, 0)", "without (1, 3)", "without (4, 1)")),
    ("max_hours_per_shift", Cells, ("without (1, 4)", "without (4, 4)")),
    ("personal_limits", Cells, ("without (1, 3)", "without (2, 0)")),
    ("volunteers", Cells, ("without (1, 4)", "without (2, 4)")),
]
