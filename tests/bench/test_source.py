"""Files of public sets, line by line."""

from pathlib import Path

import pytest

from turnus.bench import source
from turnus.bench.source import SourceLine, source_lines
from turnus.errors import InputError

LINE = SourceLine("a.txt", 7, "the line")


def read(path: Path, raw: bytes) -> list[tuple[int, str]]:
    path.write_bytes(raw)
    return [(line.number, line.text) for line in source_lines(path)]


def test_lines_keep_their_numbers_without_comments_and_empty_ones(tmp_path: Path) -> None:
    raw = b"# first\n\n one \n  # more\ntwo # not a comment\n"
    assert read(tmp_path / "a.txt", raw) == [(3, "one"), (5, "two # not a comment")]


@pytest.mark.parametrize(
    "raw", [b"one\r\n\r\ntwo\r\n", b"\xef\xbb\xbfone\n\ntwo", b"\xef\xbb\xbfone\r\n\r\ntwo"]
)
def test_line_ends_and_a_mark_at_the_start_do_not_matter(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path / "a.txt", raw) == [(1, "one"), (3, "two")]


def test_a_file_of_comments_has_no_line(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", b"# one\n\n#two") == []
    assert read(tmp_path / "a.txt", b"") == []


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"a\.txt: file: expected a text file .* found bytes that are not text"
    ):
        read(tmp_path / "a.txt", bytes(range(256)))


def test_a_file_larger_than_any_of_the_sets_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MOST_BYTES", 10)
    assert read(tmp_path / "a.txt", b"123456789\n") == [(1, "123456789")]
    with pytest.raises(InputError, match="found 11 bytes"):
        read(tmp_path / "a.txt", b"1234567890\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: file: .* found No such file"):
        list(source_lines(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="found Is a directory"):
        list(source_lines(tmp_path))


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_whole_numbers(text: str, number: int) -> None:
    assert LINE.whole(text, "days") == number


@pytest.mark.parametrize(
    "text", ["", "-1", "-05", "--0", "+1", "1.5", "1e3", "²", "٣", "1 2", "x", "1234567890"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        LINE.whole(text, "days")
    assert str(caught.value).startswith(f"a.txt:7:1: line: expected a whole number for days; found {text!r}.")


def test_what_is_found_is_shown_only_so_far() -> None:
    assert f"found {'x' * 60!r}." in str(SourceLine("a.txt", 7, "x" * 200).refuse("expected little"))


def test_fields() -> None:
    line = SourceLine("a.txt", 7, "A, b ,,c")
    assert line.fields(",", 4, "four") == ["A", "b", "", "c"]
    assert SourceLine("a.txt", 7, "A   b\tc").fields(None, 2, "two") == ["A", "b", "c"]
    with pytest.raises(InputError, match="expected five; found 'A, b ,,c'"):
        line.fields(",", 5, "five")
    with pytest.raises(InputError, match="expected three"):
        line.fields(",", 3, "three", exactly=True)


def test_words_are_introduced_once_and_known_afterwards() -> None:
    words: dict[str, int] = {}
    LINE.introduce("D", words)
    LINE.introduce("N", words)
    assert LINE.known("N", words, "a shift") == 1
    with pytest.raises(InputError, match="expected a shift; found 'X'"):
        LINE.known("X", words, "a shift")
    with pytest.raises(InputError, match="expected each id once; found 'D'"):
        LINE.introduce("D", words)
