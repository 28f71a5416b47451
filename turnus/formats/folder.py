"""The folder of a result: `result.json`, `rota.csv` and `report.html`."""

from __future__ import annotations

from pathlib import Path

from turnus.audit import free_days
from turnus.case import Case
from turnus.formats.json import write_json
from turnus.formats.report import write_report
from turnus.formats.rota_csv import write_rota_csv
from turnus.result import Outcome, result_document

#: What a folder may hold after a result has been written to it.
RESULT_FILES = ("result.json", "report.html", "rota.csv", "draft-rota.csv")


def write_result(folder: Path, case: Case, outcome: Outcome) -> list[Path]:
    """Write a result's files and return their paths; without a rota there is no `rota.csv`.

    A table has no room for a mark, so that the rota of a draft has its own name, `draft-rota.csv`. What an
    earlier run left under either name is removed, so that the folder never shows two results.
    """
    written = [folder / name for name in RESULT_FILES[:2]]
    write_json(written[0], result_document(case, outcome))
    write_report(written[1], case, outcome)
    tables = [folder / name for name in RESULT_FILES[2:]]
    table = tables.pop(1 if case.drafts else 0)
    tables[0].unlink(missing_ok=True)
    if outcome.rota is None:
        table.unlink(missing_ok=True)
        return written
    write_rota_csv(table, case.problem, outcome.rota, free_days(case.problem, case.rules, outcome.rota))
    return [written[0], table, written[1]]
