"""Every kind of job, found by walking `turnus/jobs/kinds/`."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

from turnus.jobs import kinds
from turnus.jobs.kind import JobKind


def _kinds() -> dict[str, JobKind]:
    found = {}
    for module in iter_modules(kinds.__path__, f"{kinds.__name__}."):
        for _name, one in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(one, JobKind) and one.__module__ == module.name:
                kind = one()
                found[kind.id] = kind
    return dict(sorted(found.items()))


#: Every kind by its id.
JOB_KINDS: dict[str, JobKind] = _kinds()
