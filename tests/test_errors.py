"""Errors with findings, as they travel from one process to another."""

from __future__ import annotations

import pickle

from turnus.errors import Finding, InputError


def test_an_error_of_a_worker_process_arrives_whole() -> None:
    error = InputError([Finding(("staff", 0), "expected a name", "found 7", "Write one.", 3, 5)], "ward.yaml")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is InputError
    assert (again.findings, again.source, str(again)) == (error.findings, error.source, str(error))
