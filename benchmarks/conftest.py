"""What is kept of a benchmark file: the figures, the machine and the moment, without every single round."""

from typing import Any

from turnus.bench.machine import moment

KEPT = ("min", "max", "mean", "median", "stddev", "iqr", "rounds", "iterations")


def pytest_benchmark_update_json(output_json: dict[str, Any]) -> None:
    """Replace what is said of the host and the checkout, and keep only the figures that are read."""
    output_json["machine_info"] = moment()
    output_json.pop("commit_info", None)
    for entry in output_json["benchmarks"]:
        entry["stats"] = {name: entry["stats"][name] for name in KEPT}
        for name in ("options", "params", "fullname"):
            entry.pop(name, None)
