"""`turnus cards`: where the page goes, and what is refused."""

from pathlib import Path

from tests.cli.conftest import Runner
from tests.dialogue.test_cards import LOCAL
from tests.dialogue.test_compare import stored


def test_all_decks_are_written_to_one_page(turnus: Runner, tmp_path: Path) -> None:
    stored(tmp_path / "runs", "today")
    ran = turnus("cards", "--runs", tmp_path / "runs", "--out", tmp_path / "cards.html")
    assert ran.code == 0
    assert f"Wrote {tmp_path / 'cards.html'}" in ran.err
    html = (tmp_path / "cards.html").read_text(encoding="utf-8")
    assert html.count('class="sheet cover"') == 5
    assert "sha256" in html


def test_a_deck_of_ones_own_needs_no_code(turnus: Runner, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(LOCAL, encoding="utf-8")
    ran = turnus("cards", "--deck", tmp_path / "ours.yaml", "--deck", "values")
    assert ran.code == 0
    assert ran.out.count('class="sheet cover"') == 2
    assert "No runs were given" in ran.out


def test_bad_input_is_told(turnus: Runner, tmp_path: Path) -> None:
    assert "Did you mean values?" in turnus("cards", "--deck", "value").err
    assert "--paper: expected one of a5, a4" in turnus("cards", "--paper", "letter").err
    assert turnus("cards", "--runs", tmp_path).code == 1
    path = tmp_path / "ours.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    assert turnus("cards", "--deck", path, "--out", path).code == 1
    assert path.read_text(encoding="utf-8") == LOCAL
