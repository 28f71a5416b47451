"""The trials and planted faults of all rules, from `trials.py` and from the rules' own test files."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.rules.three_ways import Trial
from tests.rules.together_ways import GroupTrial
from turnus.rules.kinds import Kind

HERE = Path(__file__).parent
#: Test files that read this collection; they add nothing to it.
READERS = {"test_discovery", "test_invariance", "test_three_ways"}
_MODULES = [
    import_module(f"tests.rules.{path.stem}")
    for path in (HERE / "trials.py", *sorted(HERE.glob("test_*.py")))
    if path.stem not in READERS
]
_ALL = {name: trial for module in _MODULES for name, trial in getattr(module, "TRIALS", {}).items()}

TRIALS: dict[str, Trial] = {name: trial for name, trial in _ALL.items() if isinstance(trial, Trial)}
TOGETHER: dict[str, GroupTrial] = {
    name: trial for name, trial in _ALL.items() if isinstance(trial, GroupTrial)
}
#: (trial, type of its first kind, faults that its lines are made to show)
FAULTS: list[tuple[str, type[Kind], tuple[str, ...]]] = [
    fault for module in _MODULES for fault in getattr(module, "FAULTS", []) if fault[0] in TRIALS
]
