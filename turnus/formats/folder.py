"""The folder of a result: `result.json`, `rota.csv` and `report.html`."""

from __future__ import annotations

from pathlib import Path

from turnus.audit import free_days
from turnus.case import Case
from turnus.formats.json import write_json
from turnus.formats.report import write_report
from turnus.formats.rota_csv import write_rota_csv
from turnus.result import Outcome, result_document


def write_result(folder: Path, case: Case, outcome: Outcome) -> list[Path]:
    """Write a result's files and return their paths; without a rota there is no `rota.csv`.

    A `rota.csv` of an earlier run is removed then, so that the folder never shows two results.
    """
    written = [folder / "result.json", folder / "report.html"]
    write_json(written[0], result_document(case, outcome))
    write_report(written[1], case, outcome)
    table = folder / "rota.csv"
    if outcome.rota is None:
        table.unlink(missing_ok=True)
        return written
    write_rota_csv(table, case.problem, outcome.rota, free_days(case.problem, case.rules, outcome.rota))
    return [written[0], table, written[1]]
