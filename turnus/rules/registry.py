"""Every rule, in one explicit list."""

from __future__ import annotations

from turnus.rules.backward_rotation import BackwardRotation
from turnus.rules.base import Rule
from turnus.rules.competence import Competence
from turnus.rules.daily_rest import DailyRest
from turnus.rules.even_hours import EvenHours
from turnus.rules.evening_before_free_weekend import EveningBeforeFreeWeekend
from turnus.rules.fixed_shifts import FixedShifts
from turnus.rules.forbidden_sequences import ForbiddenSequences
from turnus.rules.fte_budget import FteBudget
from turnus.rules.hours_of_post import HoursOfPost
from turnus.rules.isolated_days_off import IsolatedDaysOff
from turnus.rules.isolated_working_days import IsolatedWorkingDays
from turnus.rules.leave import Leave
from turnus.rules.max_hours_per_shift import MaxHoursPerShift
from turnus.rules.max_hours_per_week import MaxHoursPerWeek
from turnus.rules.max_nights_in_a_row import MaxNightsInARow
from turnus.rules.max_working_days_in_a_row import MaxWorkingDaysInARow
from turnus.rules.mixed_weekends import MixedWeekends
from turnus.rules.one_shift_a_day import OneShiftADay
from turnus.rules.personal_limits import PersonalLimits
from turnus.rules.post_sizes import PostSizes
from turnus.rules.quick_returns import QuickReturns
from turnus.rules.rest_after_nights import RestAfterNights
from turnus.rules.single_nights import SingleNights
from turnus.rules.surplus_limit import SurplusLimit
from turnus.rules.volunteers import Volunteers
from turnus.rules.weekend_frequency import WeekendFrequency
from turnus.rules.weekly_rest import WeeklyRest
from turnus.rules.whole_weekends import WholeWeekends

#: Every rule, sorted by its id; a rule that is not named here does not exist for turnus.
RULES: tuple[type[Rule], ...] = (
    BackwardRotation,
    Competence,
    DailyRest,
    EvenHours,
    EveningBeforeFreeWeekend,
    FixedShifts,
    ForbiddenSequences,
    FteBudget,
    HoursOfPost,
    IsolatedDaysOff,
    IsolatedWorkingDays,
    Leave,
    MaxHoursPerShift,
    MaxHoursPerWeek,
    MaxNightsInARow,
    MaxWorkingDaysInARow,
    MixedWeekends,
    OneShiftADay,
    PersonalLimits,
    PostSizes,
    QuickReturns,
    RestAfterNights,
    SingleNights,
    SurplusLimit,
    Volunteers,
    WeekendFrequency,
    WeeklyRest,
    WholeWeekends,
)
