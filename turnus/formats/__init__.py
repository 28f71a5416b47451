"""Results in and out: JSON, the rota as CSV, and the report as one HTML file."""

from turnus.formats.folder import write_result
from turnus.formats.json import to_json, write_json
from turnus.formats.report import report_html, write_report
from turnus.formats.rota_csv import rota_csv, write_rota_csv
from turnus.formats.rota_reading import read_rota

__all__ = [
    "read_rota",
    "report_html",
    "rota_csv",
    "to_json",
    "write_json",
    "write_report",
    "write_result",
    "write_rota_csv",
]
