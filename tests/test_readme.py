"""The README's commands run, its links exist, and its figures are the recorded ones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TURNUS = Path(sys.executable).with_name("turnus")


def executed_lines() -> list[str]:
    block = re.search(r"<!-- executed -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    return [line.split("#")[0].strip() for line in block[1].splitlines()]


def test_the_commands_for_your_own_ward_run_in_order(tmp_path: Path) -> None:
    lines = executed_lines()
    assert len(lines) == 6
    for line in lines:
        assert line.startswith("turnus ")
        done = subprocess.run(
            [str(TURNUS), *(word.strip("'") for word in line.split()[1:])],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    assert {path.name for path in (tmp_path / "result").iterdir()} == {
        "result.json",
        "rota.csv",
        "report.html",
    }


@pytest.mark.parametrize(
    "text", ["README.md", "CONTRIBUTING.md", "api/README.md", "scenarios/README.md", "benchmarks/README.md"]
)
def test_links_lead_somewhere(text: str) -> None:
    source = ROOT / text
    for target in re.findall(r"\]\(([^)#]+)\)", source.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (source.parent / target).exists(), target


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README + contributing):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_number_of_full_time_posts_in_the_readme_is_the_proven_one() -> None:
    expected = json.loads((ROOT / "scenarios/heltid/00-today/expected.json").read_text(encoding="utf-8"))
    goal = next(g for g in expected["runs"][0]["goals"] if g["id"] == "full_time_posts")
    assert goal["proven"]
    assert f"At most {goal['value']:.0f} full-time posts" in README
