import io
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

from rich.console import Console

from turnus.cli.progress import latest, progress_display, progress_table
from turnus.result import Progress
from turnus.result.words import PHASES

ROOT = Path(__file__).resolve().parents[2]
REPORTS = [
    Progress("lines", "uncovered", None, None, 0.1),
    Progress("posts", "full_time_posts", None, 21.0, 0.5),
    Progress("posts", "full_time_posts", 20.0, None, 0.6),
    Progress("rota", "uncovered", 900.0, 0.0, 2.0),
    Progress("rota", "uncovered", 450.0, None, 3.0),
]


def shown(reports: list[Progress], *, stopping: bool = False) -> str:
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(progress_table(reports, 3.21, stopping))
    return console.export_text()


def test_each_goal_keeps_its_last_value_and_its_last_bound() -> None:
    assert latest(REPORTS) == {"full_time_posts": (20.0, 21.0), "uncovered": (450.0, 0.0)}


def test_a_goal_that_is_not_known_about_has_no_line_and_an_unknown_one_does_no_harm() -> None:
    assert latest(REPORTS[:1]) == {}
    assert latest([Progress("rota", "", 1.0, 2.0, 0.0)]) == {}


def test_the_table_says_phase_seconds_goals_and_how_to_stop() -> None:
    text = shown(REPORTS)
    assert "Building the rota  3.2 s" in text
    assert "Ctrl-C stops and keeps the best so far" in text
    lines = [line.split() for line in text.splitlines()]
    assert ["Full-time", "posts", "20", "21"] in lines
    assert ["Uncovered", "demand", "7.5", "h", "0", "h"] in lines


def test_after_ctrl_c_it_says_what_happens_now() -> None:
    assert "Stopping; the best so far is kept." in shown(REPORTS, stopping=True)


def test_before_the_first_report_it_reads() -> None:
    assert "Reading the scenario" in shown([])


def test_every_phase_has_its_words() -> None:
    assert list(PHASES) == ["reading", "lines", "posts", "rota", "polish", "audit"]


def test_nothing_is_drawn_when_stderr_is_no_terminal(capsys: object) -> None:
    del capsys
    with progress_display(REPORTS, threading.Event()) as draw:
        draw()


SCRIPT = """
import sys, threading, time
sys.path.insert(0, {root!r})
from turnus.texts import set_language
from turnus.cli.progress import progress_display
from tests.cli.test_progress import REPORTS
set_language("en")
with progress_display(REPORTS, threading.Event()) as draw:
    draw()
print("result")
"""


def test_on_a_terminal_it_is_drawn_on_stderr_and_wiped_afterwards() -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-c", SCRIPT.format(root=str(ROOT))]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    ran = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=terminal, env=environment, check=True, text=True
    )
    os.close(terminal)
    drawn = os.read(controller, 100_000).decode()
    os.close(controller)
    assert ran.stdout == "result\n"
    assert "Building the rota" in drawn
    assert "\x1b[2K" in drawn.split("Ctrl-C stops")[-1]  # lines erased
    assert "\x1b[?25h" in drawn  # cursor back
