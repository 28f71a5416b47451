"""Work that survives: a queue, workers that take from it, and what looks after them.

A run is a row; what is in the queue is only its name. A worker takes a run (`attempt`), starts a process
for it (`child`), writes down what the process tells (`supervise`), and promises to be heard of (`leases`).
When it falls silent, another takes its runs up where they were (`upkeep`).
"""

from api.jobs.queue import JobQueue
from api.jobs.submit import submitted

__all__ = ["JobQueue", "submitted"]
