"""Every kind of bad input: a clear message with its place, and exit code 1 or 2 before anything is solved."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from turnus.cli.run import run

WARD = (Path(__file__).parent / "ward.yaml").read_text(encoding="utf-8")
BAD_INPUT, IMPOSSIBLE = 1, 2


@dataclass(frozen=True)
class Mistake:
    """One change to the ward; § stands where the message must point."""

    name: str
    old: str
    new: str
    message: str
    code: int = BAD_INPUT


BO = "  - {name: Bo, competence: aide, size: 75}"
ADA = "  - {name: Ada, competence: nurse, size: 100}"
N = '  - {code: N, from: "22:00", to: "07:45", tags: [night]}'

MISTAKES = [
    Mistake(
        "overlapping shift", N,
        '  - {code: N, parts: [{from: "07:30", to: "12:00"}, {from: §"11:00", to: "15:00"}]}',
        'shifts.2.parts.1.from: expected parts in order, without overlap, within 24 h; found "11:00". '
        "Let each part begin when the one before has ended.",
    ),
    Mistake(
        "zero-length shift", N, '  - {code: N, from: "22:00", to: §"22:00", tags: [night]}',
        'shifts.2.to: expected an end that differs from the start; found "22:00". '
        "A shift lasts at least a minute and at most 24 h.",
    ),
    Mistake(
        "two shifts of one code", N, '  - {code: §D, from: "22:00", to: "07:45"}',
        "shifts.2.code: expected each code once; found D twice. Rename one of them.",
    ),
    Mistake(
        "demand nobody is competent for", ADA,
        "  - {name: Ada, competence: aide, size: 100}",
        "demand.0.of_which.nurse: expected somebody of nurse for week 1 monday 07:45–14:45 and 5 other days; "
        "found nobody who may work the shifts there. "
        "Add staff or open posts of the competence, let another cover it, or open the shift to it.",
        IMPOSSIBLE,
    ),
    Mistake(
        "empty hours window", BO, '  - {name: Bo, competence: aide, size: §77, hours: {under: "0 min"}}',
        "staff.1.size: expected shifts that add up to the hours of the post, at most 0 h less or 0 h more; "
        "found no such sum for Bo: 77% is 164.01 h, nearest 163.5 h and 164.25 h. "
        "Widen hours.under or hours.over, or choose other sizes.",
    ),
    Mistake(
        "weekend rule that leaves a day unstaffable",
        "need: {weekdays: 2}", "need: §{weekdays: 2, sunday: 1}",
        "demand.0.need: expected somebody on week 1 sunday 07:45–14:45 and 5 other days; "
        "found that the weekend rule leaves nobody in 6 weeks. "
        "Choose a horizon of at least as many weeks as the rule looks at, or change the frequency.",
        IMPOSSIBLE,
    ),
    Mistake(
        "person without allowed shifts", BO,
        "  - {name: Bo, competence: aide, size: 75, forbidden: §[{shifts: [any]}]}",
        "staff.1.forbidden: expected at least one shift for Bo; "
        "found none that leave, fixed days off and forbidden shifts leave over. "
        "Shorten what is forbidden, or register the absence as leave.",
    ),
    Mistake(
        "two fixed shifts on a day", BO,
        "  - {name: Bo, competence: aide, size: 75, "
        "fixed: [{on: [week 1 monday], shift: D}, {on: [§week 1 monday], shift: A}]}",
        "staff.1.fixed.1.on.0: expected one fixed shift on week 1 monday; found D and A. "
        "Take out one of the two.",
    ),
    Mistake(
        "fixed shift during leave", BO,
        "  - {name: Bo, competence: aide, size: 75, "
        "leave: [{from: week 1 monday, to: week 1 friday}], fixed: [{on: [§week 1 monday], shift: D}]}",
        "staff.1.fixed.0.on.0: expected a shift that Bo can work on week 1 monday; "
        "found D, but that is a day of leave. Change the fixed shift, or what it contradicts.",
    ),
    Mistake(
        "fixed shifts without rest between them", BO,
        "  - {name: Bo, competence: aide, size: 75, "
        "fixed: [{on: [week 1 monday], shift: N}, {on: [§week 1 tuesday], shift: A}]}",
        "staff.1.fixed.1.on.0: expected fixed shifts that keep the rule “Daily rest”; "
        "found a breach on week 1 tuesday. "
        "Change a fixed shift near that day, or the rule's value for this person.",
        IMPOSSIBLE,
    ),
    Mistake(
        "0 weeks", "weeks: 6", "weeks: §0",
        "horizon.weeks: expected at least 1; found 0. Change the value.",
    ),
    Mistake(
        "unknown shift", "shifts: [A]", "shifts: [§a]",
        'demand.1.shifts.0: expected one of D, A, N; found "a". Use a code from the list of shifts.',
    ),
    Mistake(
        "unknown competence", "competence: aide,", "competence: §aid,",
        'staff.1.competence: expected one of nurse, aide; found "aid". Did you mean aide?',
    ),
    Mistake(
        "unknown key", "weeks: 6", "weeks: 6\n  §begin: 2027-03-22",
        "horizon.begin: expected a known key; found begin. Known keys here: discussed, lines, start, weeks.",
    ),
    Mistake(
        "a plan after the years whose red days are known", "weeks: 6", 'weeks: 6\n  start: §"9999-12-27"',
        "horizon.start: expected dates from 2000 to 2100, whose red days are known; "
        'found "9999-12-27". Check the year.',
    ),
    Mistake(
        "a plan that ends after those years", "weeks: 6", 'weeks: 6\n  start: §"2100-12-27"',
        "horizon.start: expected dates from 2000 to 2100, whose red days are known; ",
    ),
    Mistake(
        "unknown rule", "budget:", "rules: {set: {§daily_reste: {}}}\nbudget:",
        "rules.set.daily_reste: expected one of ",
    ),
    Mistake(
        "unknown parameter of a rule", "budget:", "rules: {set: {daily_rest: {§reste: 9 h}}}\nbudget:",
        "rules.set.daily_rest.reste: expected one of strength, weight, agreement, for, except, rest, "
        'enabled; found "reste". Did you mean rest?',
    ),
    Mistake(
        "a duration without its unit", "budget:", "rules: {set: {daily_rest: {rest: §9}}}\nbudget:",
        'rules.set.daily_rest.rest: expected a duration with its unit such as "9 h" or "45 min"; found 9. '
        "Write the hours with their unit, in quotes.",
    ),
    Mistake(
        "a duration in another unit", "budget:", "rules: {set: {daily_rest: {rest: §9 days}}}\nbudget:",
        'rules.set.daily_rest.rest: expected a duration with its unit such as "9 h"',
    ),
    Mistake(
        "more weekends worked than there are", "budget:",
        "rules: {set: {weekend_frequency: {worked: §4, of: 3}}}\nbudget:",
        "rules.set.weekend_frequency.worked: expected at most 3 weekends of 3 weeks; found 4.",
    ),
    Mistake(
        "a rule for a person who does not exist", "budget:",
        "rules: {set: {daily_rest: {rest: 11 h, for: [§Boo]}}}\nbudget:",
        'rules.set.daily_rest.for.0: expected one of Ada, Bo; found "Boo". Did you mean Bo?',
    ),
    Mistake(
        "unknown profile", "budget:", "rules: {profile: §ks-lokl}\nbudget:",
        "rules.profile: expected one of aml, ks-individ, ks-lokal, ks-lokal-langvakt, sentral-langvakt, "
        'medlever; found "ks-lokl". Did you mean ks-lokal?',
    ),
    Mistake(
        "a value whose agreement is not listed", "budget:",
        "rules: {set: {daily_rest: {rest: §8 h}}}\nbudget:",
        "rules.set.daily_rest.rest: expected at least 9 h, or an agreement under `agreements`: "
        "local or central (AML § 10-8 (3)); found 8 h. "
        "List the agreement, keep to the limit, or mark what is missing with --draft.",
    ),
    Mistake(
        "a value beyond the law and every agreement", "budget:",
        "rules: {set: {breaks: {least: §20 min}}}\nbudget:",
        "rules.set.breaks.least: expected at least 30 min (AML § 10-9), for no agreement reaches further; "
        "found 20 min. Keep to the limit; it holds for everybody.",
    ),
    Mistake(
        "a rule of the law left out", "budget:", "rules: {set: {weekly_rest: {enabled: §false}}}\nbudget:",
        "rules.set.weekly_rest.enabled: expected the rule to hold, or an agreement under `agreements`: "
        "central (AML § 10-12 (4), not verified); found false. "
        "List the agreement, let the rule hold, or mark what is missing with --draft.",
    ),
    Mistake(
        "a rule of the law made soft", "budget:", "rules: {set: {breaks: {strength: §soft}}}\nbudget:",
        "rules.set.breaks.strength: expected the rule to hold (AML § 10-9), for no agreement sets it aside; "
        'found "soft". Let the rule hold for everybody.',
    ),
    Mistake(
        "a rule of the law that is not for everybody", "budget:",
        "rules: {set: {daily_rest: {except: §[Bo]}}}\nbudget:",
        "rules.set.daily_rest.except: expected the rule to hold, or an agreement under `agreements`: central "
        "(AML § 10-12 (4), not verified); found Bo.",
    ),
    Mistake(
        "an agreement at too low a level", "budget:",
        "agreements: [{id: K-1, parties: Ada og Lia, level: individual}]\n"
        "rules: {set: {daily_rest: {rest: 8 h, agreement: §K-1}}}\nbudget:",
        "rules.set.daily_rest.agreement: expected an agreement of this level: local or central "
        "(AML § 10-8 (3)); found K-1 (individual). "
        "Name an agreement of that level, or keep to what K-1 may set.",
    ),
    Mistake(
        "an agreement that is not listed", "budget:",
        "rules: {set: {daily_rest: {rest: 8 h, agreement: §K-1}}}\nbudget:",
        "rules.set.daily_rest.agreement: expected the id of an agreement listed under `agreements`; "
        'found "K-1". Add the agreement there, with its parties.',
    ),
    Mistake(
        "an agreement twice", "budget:",
        "agreements: [{id: K-1, parties: NSF}, {id: §K-1, parties: Fagforbundet}]\nbudget:",
        "agreements.1.id: expected each agreement once; found K-1 twice. Rename one of them.",
    ),
    Mistake(
        "an agreement with a date as people write it", "budget:",
        "agreements: [{id: K-1, parties: NSF, valid_until: §31.12.2027}]\nbudget:",
        'agreements.0.valid_until: expected a date such as "2027-03-22"; found "31.12.2027". '
        'Write "2027-12-31".',
    ),
    Mistake(
        "a pattern of days that is none", "budget:",
        "rules: {set: {fixed_pattern: {pattern: §3-x}}}\nbudget:",
        'rules.set.fixed_pattern.pattern: expected text such as "3-3" or "2-2-3"; found "3-x". '
        "Days at work and off by turns, such as 3-3, 2-2-3 or 3-7-4-7.",
    ),
    Mistake(
        "an agreement that ended before the plan", "  weeks: 6",
        "  weeks: 6\n  start: 2027-03-22\nagreements: [{id: K-1, parties: NSF, valid_until: §2027-03-21}]",
        "agreements.0.valid_until: expected 2027-03-22 or later, the first day of the plan; "
        "found 2027-03-21. "
        "Renew the agreement, or take it out of the list together with what rests on it.",
    ),
    Mistake(
        "an agreement that ends inside the plan", "  weeks: 6",
        "  weeks: 6\n  start: 2027-03-22\nagreements: [{id: K-1, parties: NSF, valid_until: §2027-05-01}]\n"
        "rules: {set: {daily_rest: {rest: 8 h}}}",
        "agreements.0.valid_until: expected 2027-05-02 or later, the last day of the plan; found 2027-05-01. "
        "Renew the agreement, end the plan earlier, or take out what rests on it.",
    ),
    Mistake(
        "broken YAML", "need: {weekdays: 2}", "need: {weekdays: 2",
        "file: expected valid YAML; found a bracket that is not closed as it was opened. "
        "Check [ ], { } and the commas here.",
    ),
    Mistake(
        "a tab", "  weeks: 6", "§\tweeks: 6",
        "file: expected valid YAML; found a tab, which is not allowed in YAML. "
        "Use spaces instead of tabs.",
    ),
    Mistake(
        "a key twice", "name: Lia", "name: Lia\n§name: Lie",
        "file: expected each key once; found name again; it stands in line 3 already. "
        "Take out one of the two.",
    ),
    Mistake(
        "the same demand twice", "shifts: [A]", "shifts: [D]",
        "demand.1: expected the same time and competence stated one way; "
        "found it by clock and by shift, in Dag and Aften. "
        "Take one of the two out, or let them ask for different competences.",
    ),
    Mistake(
        "open posts without a budget", "budget:\n  fte: 3.5\n", "",
        "budget.fte: expected an FTE budget, because there are open posts; found nothing. "
        "The demand alone takes 3.2 FTE; write budget: {fte: 3.2} or more.",
    ),
    Mistake(
        "a plan that begins on a Tuesday", "weeks: 6", "weeks: 6\n  start: §2027-03-23",
        "horizon.start: expected a Monday; found 2027-03-23, a Tuesday. "
        "Start on a Monday; earlier shifts go under history.",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


def told(capsys: pytest.CaptureFixture[str], *words: object) -> Told:
    code = run([str(word) for word in words])
    found = capsys.readouterr()
    return Told(code, found.out, found.err)


def written(folder: Path, text: str) -> Path:
    path = folder / "ward.yaml"
    path.write_text(text.replace("§", ""), encoding="utf-8")
    return path


def place(text: str) -> str:
    if "§" not in text:
        return ":"
    before = text[: text.index("§")]
    return f":{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: "


@pytest.fixture(autouse=True)
def unsolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make sure that nothing is solved: whatever is wrong must be seen before."""

    def solve(*words: Any, **options: Any) -> None:
        raise AssertionError(f"solved {words} {options}")

    monkeypatch.setattr("turnus.solve.solve", solve)


def test_the_ward_itself_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "validate", written(tmp_path, WARD)).code == 0


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_it_is_told_before_solving(
    mistake: Mistake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert WARD.count(mistake.old) == 1
    text = WARD.replace(mistake.old, mistake.new)
    path = written(tmp_path, text)
    extra = ["--set", "rules.set.weekend_frequency.worked=0"] if "weekend rule" in mistake.name else []
    for found in (told(capsys, "validate", path, *extra), told(capsys, "solve", path, *extra)):
        assert found.code == mistake.code
        (line,) = [line for line in (found.out + found.err).splitlines() if mistake.message in line]
        assert line.startswith(f"{path}{place(text)}")
        assert "Traceback" not in found.out + found.err


def test_a_five_thousand_line_file_with_one_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = "".join(
        f"      - on: [week {1 + n % 6}]\n        want: off\n        strength: weak\n" for n in range(1660)
    )
    person = BO.strip(" -{}").replace(", ", "\n    ")
    text = WARD.replace(BO, f"  - {person}\n    wishes:\n{wishes}".rstrip("\n"))
    assert text.count("\n") > 5000
    assert told(capsys, "validate", written(tmp_path, text)).code == 0
    at = text.rindex("strength: weak")
    wrong = text[:at] + "strength: §week" + text[at + len("strength: weak") :]
    path = written(tmp_path, wrong)
    found = told(capsys, "validate", path)
    assert found.code == BAD_INPUT
    assert found.out.splitlines()[0] == (
        f"{path}{place(wrong)}staff.1.wishes.1659.strength: expected one of weak, medium, strong; "
        'found "week". Did you mean weak?'
    )


NOT_SCENARIOS = {
    "nothing": b"",
    "only a comment": b"# later\n",
    "a word": b"turnus\n",
    "a list": b"- turnus: 1\n",
    "another format": b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
    "latin-1": "name: Bråten\n".encode("latin-1"),
    "a page": b"<html><body>404</body></html>\n",
    "deep": b"[" * 50_000,
    "wide": b"- " * 50_000,
    "aliases": b"a: &a [x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(98, 123)),
}


@pytest.mark.parametrize("raw", NOT_SCENARIOS.values(), ids=NOT_SCENARIOS.keys())
@pytest.mark.parametrize("name", ["ward.yaml", "ward.json"])
def test_what_is_no_scenario_at_all(
    raw: bytes, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    found = told(capsys, "validate", path)
    assert found.code == BAD_INPUT
    assert found.out.startswith(f"{path}:")
    assert "expected" in found.out
    assert "Traceback" not in found.out + found.err


def test_several_mistakes_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = WARD.replace("size: 75", "size: 750").replace("weeks: 6", "weeks: 0").replace("[A]", "A")
    path = written(tmp_path, text)
    lines = [line for line in told(capsys, "validate", path).out.splitlines() if line.startswith(f"{path}:")]
    assert [line.split(": ")[1] for line in lines][:3] == ["horizon.weeks", "demand.1.shifts", "staff.1.size"]
