"""What the READMEs say of the service is true: the commands run, and every setting is in the table."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from api.settings import settings_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PATIENCE_SECONDS = 300


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        number: int = door.getsockname()[1]
        return number


def test_the_commands_for_the_service_run_in_order(tmp_path: Path) -> None:
    """Two runs of a starter are solved, each with few steps: that is what the text shows."""
    block = re.search(r"<!-- executed: service -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    port = free_port()
    commands = block[1].replace(":8000", f":{port}")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TURNUS_PORT": str(port),
        "TURNUS_LANGUAGE": "en",
    }
    shell = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        out, told = shell.communicate(timeout=PATIENCE_SECONDS)
    finally:
        with suppress(ProcessLookupError):  # the service, where a command before `kill` failed
            os.killpg(shell.pid, signal.SIGKILL)
    assert shell.returncode == 0, (out[-2000:], told[-2000:])
    assert out.count('"state": "finished"') == 2, out
    assert json.loads((tmp_path / "result.json").read_text())["schema"] == "turnus-result/1"
    assert json.loads((tmp_path / "check.json").read_text())["audit"]["hard"] == 0
    page = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_every_setting_is_in_the_table() -> None:
    assert settings_table() in (ROOT / "api" / "README.md").read_text(encoding="utf-8")
