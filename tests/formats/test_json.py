import json
import os
from pathlib import Path

import pytest

from turnus.formats import to_json, write_json


def test_letters_stay_letters_and_the_file_ends_with_a_line_break(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "result.json"
    write_json(path, {"navn": "Åse", "value": None})
    text = path.read_text(encoding="utf-8")
    assert "Åse" in text
    assert text.endswith("}\n")
    assert json.loads(text) == {"navn": "Åse", "value": None}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.json"
    write_json(path, {"old": 1})

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_json(path, {"new": 2})
    assert json.loads(path.read_text()) == {"old": 1}
    assert [entry.name for entry in tmp_path.iterdir()] == ["result.json"]


def test_what_json_cannot_say_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "result.json", {"value": float("inf")})
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_readable_like_any_other(tmp_path: Path) -> None:
    plain, written = tmp_path / "plain", tmp_path / "written"
    plain.write_text("")
    write_json(written, {})
    assert written.stat().st_mode == plain.stat().st_mode


def test_whole_floats_and_keys_keep_their_order() -> None:
    assert to_json({"b": 1, "a": [1.5]}) == '{\n  "b": 1,\n  "a": [\n    1.5\n  ]\n}\n'
