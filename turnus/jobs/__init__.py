"""Verbs as jobs: each with its options, worked out in a process of its own that can be stopped at any time.

A job has a folder: the scenario, what was asked, the best so far, and in the end its files. What happens is
told as JSON lines on stdout. Who runs the process need not know one kind of job from another.
"""

from turnus.jobs.kind import Done, Job, JobFile, JobKind, JobOptions, Part
from turnus.jobs.registry import JOB_KINDS

__all__ = ["JOB_KINDS", "Done", "Job", "JobFile", "JobKind", "JobOptions", "Part"]
