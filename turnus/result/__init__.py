"""Results: what a solve leaves behind, as data, as one sentence, and as tables for people."""

from turnus.result.document import SCHEMA, result_document, result_schema
from turnus.result.outcome import GoalValue, Outcome, Polish, Progress
from turnus.result.summary import summary_sentence, weekend_sentence
from turnus.result.weekend import WeekendArithmetic, weekend_arithmetic

__all__ = [
    "SCHEMA",
    "GoalValue",
    "Outcome",
    "Polish",
    "Progress",
    "WeekendArithmetic",
    "result_document",
    "result_schema",
    "summary_sentence",
    "weekend_arithmetic",
    "weekend_sentence",
]
