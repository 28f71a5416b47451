"""Re-deriving the bounds of a result without anything that found them: `turnus check FILE --proof`.

The record in `run.proof` holds *cuts*: at these prices of rows no legal line of a kind of post earns more
than so much, hence `scale · uncovered ≥ constant − Σ profit · n`. Here the constants are reckoned again
from the demand, CP-SAT's own encoders of the rules look for a line that earns more, and a whole-number
program over the numbers of posts looks for posts that beat each bound. The line programs, the posts
program and the rota search take no part.

A row price may not pass what a missing person in the row is worth, and may be below zero only where the
demand has a surplus limit (which is always hard, so that there any price below zero is sound).
"""

from turnus.verify.check import (
    DERIVED,
    OPEN,
    REFUTED,
    VERDICTS,
    CutCheck,
    GoalCheck,
    Verdict,
    Verification,
    verify,
)
from turnus.verify.record import Cut, PostKind, Record, read_record, record_of

__all__ = [
    "DERIVED",
    "OPEN",
    "REFUTED",
    "VERDICTS",
    "Cut",
    "CutCheck",
    "GoalCheck",
    "PostKind",
    "Record",
    "Verdict",
    "Verification",
    "read_record",
    "record_of",
    "verify",
]
