"""CP-SAT: the reference model that every kind is first encoded in, and repair of a rota's lines.

The only package that imports OR-Tools, which takes most of a second; import it inside functions.
"""

from turnus.cpsat.encoders import ENCODERS, encode
from turnus.cpsat.line import Line
from turnus.cpsat.reference import Reference, Solved, reference_model, solve_reference
from turnus.cpsat.repair import repair

__all__ = [
    "ENCODERS",
    "Line",
    "Reference",
    "Solved",
    "encode",
    "reference_model",
    "repair",
    "solve_reference",
]
