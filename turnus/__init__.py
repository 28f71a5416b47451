"""turnus: how many full-time posts a care unit can have, proven, with the rota that shows it."""

__all__ = ["__version__"]

__version__ = "0.1.0"
