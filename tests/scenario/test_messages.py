"""What the models refuse, with place, what was expected, what was found and what to do."""

import pytest

from tests.files import text_refused
from turnus.errors import InputError
from turnus.scenario import read_scenario
from turnus.scenario.messages import MOST_MISTAKES, keys_at
from turnus.scenario.models import Scenario
from turnus.texts import using_language

HEAD = """turnus: 1
name: Lia
horizon: {weeks: 6}
shifts:
  - {code: D, from: "07:30", to: "15:00"}
demand:
  - {block: day, shifts: [D], need: 1}
staff:
  - {name: Ada, competence: staff, size: 80}
"""


def changed(old: str, new: str) -> list[str]:
    assert old in HEAD
    return text_refused(HEAD.replace(old, new))


TEXT = 'to: "15:00"'
PERSON = "  - {name: Ada, competence: staff, size: 80}"

#: What is replaced, by what (§ stands where the message must point), and the message after the place.
MISTAKES = [
    ("turnus: 1\n", "§", "turnus: expected the key turnus; found nothing. Add turnus."),
    ("turnus: 1", "turnus: §2", "turnus: expected one of 1; found 2. Choose one of them."),
    ("name: Lia", "§name:", 'name: expected text; found nothing. Put it in quotes, such as "D".'),
    ("weeks: 6", "weeks: §0", "horizon.weeks: expected at least 1; found 0. Change the value."),
    ("weeks: 6", "weeks: §105", "horizon.weeks: expected at most 104; found 105. Change the value."),
    (
        "weeks: 6", "weeks: §six",
        'horizon.weeks: expected a number without quotes; found "six". Write it in that way.',
    ),
    (
        "weeks: 6", "weeks: §true",
        "horizon.weeks: expected a number without quotes; found true. Write it in that way.",
    ),
    (
        "weeks: 6", "weeks: §1.5",
        "horizon.weeks: expected a whole number; found 1.5. "
        "Write a number such as 3, without quotes or unit.",
    ),
    (
        "{weeks: 6}", "§6",
        "horizon: expected a group of keys; found 6. Write the keys below it, indented, each with a colon.",
    ),
    ("{weeks: 6}", "§{week: 6}", "horizon.weeks: expected the key weeks; found nothing. Add weeks."),
    (
        "weeks: 6", "weeks: 6, start: §22.3.2027",
        'horizon.start: expected a date such as "2027-03-22"; found "22.3.2027". Write "2027-03-22".',
    ),
    (
        "weeks: 6", "weeks: 6, discussed: §31.12.2027",
        'horizon.discussed: expected a date such as "2027-03-22"; found "31.12.2027". Write "2027-12-31".',
    ),
    (
        "weeks: 6", "weeks: 6, discussed: §31.13.2027",
        'horizon.discussed: expected a date such as "2027-03-22"; found "31.13.2027". Write it in that way.',
    ),
    (
        "weeks: 6", "weeks: 6, discussed: §12/31/2027",
        'horizon.discussed: expected a date such as "2027-03-22"; found "12/31/2027". Write it in that way.',
    ),
    (
        "weeks: 6", "weeks: 6, start: §2027-02-30",
        'horizon.start: expected a date that exists; found "2027-02-30". Check the day and the month.',
    ),
    (
        "weeks: 6", "weeks: 6, lines: §ours",
        'horizon.lines: expected one of own, shared; found "ours". Choose one of them.',
    ),
    (
        "code: D", "code: §D D",
        "shifts.0.code: expected a code without spaces, commas, semicolons or colons; "
        'found "D D". Use a short code such as D or L2.',
    ),
    (
        "code: D", "code: §LANGVAKT1",
        'shifts.0.code: expected text of at most 8 characters; found "LANGVAKT1". Change the value.',
    ),
    ("code: D", "code: §7", 'shifts.0.code: expected text; found 7. Put it in quotes, such as "D".'),
    (
        TEXT, 'to: §"25:00"',
        'shifts.0.to: expected a clock time in quotes such as "07:30"; found "25:00". Write it in that way.',
    ),
    (TEXT, "to: §1500", "shifts.0.to: expected text in quotes; found 1500. Write it in that way."),
    (
        TEXT, TEXT + ", unpaid_break: §30",
        "shifts.0.unpaid_break: expected text in quotes; found 30. Write it in that way.",
    ),
    (
        TEXT, TEXT + ", unpaid_break: §half",
        'shifts.0.unpaid_break: expected a duration with its unit such as "9 h" or "45 min"; '
        'found "half". Write it in that way.',
    ),
    (
        TEXT, TEXT + ", tags: §day",
        'shifts.0.tags: expected a list; found "day". '
        "Write [a, b], or one item a line with a dash before it.",
    ),
    (
        TEXT, TEXT + ", days: [§weekdayz]",
        'shifts.0.days.0: expected days; found "weekdayz". Did you mean weekdays?',
    ),
    (
        TEXT, TEXT + ", days: [§helg]",
        'shifts.0.days.0: expected days; found "helg". '
        "Use weekdays, weekend, monday … sunday, red_days, eves, all, week 2, week 2 tuesday or a date.",
    ),
    (
        TEXT, TEXT + ", covers: §maybe",
        'shifts.0.covers: expected true or false; found "maybe". Write true or false.',
    ),
    (TEXT, TEXT + ", §tag: [day]", "shifts.0.tag: expected a known key; found tag. Did you mean tags?"),
    (
        TEXT, TEXT + ", §colour: red",
        "shifts.0.colour: expected a known key; found colour. Known keys here: code, competences, covers, "
        "days, from, name, paid_break, parts, tags, to, unpaid_break, volunteers_only.",
    ),
    (
        "need: 1", "need: §many",
        'demand.0.need: expected a number without quotes; found "many". Write it in that way.',
    ),
    ("need: 1", "need: §-1", "demand.0.need: expected at least 0; found -1. Change the value."),
    (
        "need: 1", "need: {§weekday: 1}",
        'demand.0.need.weekday: expected days; found "weekday". Did you mean weekdays?',
    ),
    (
        "need: 1", "need: {weekdays: §x}",
        'demand.0.need.weekdays: expected a number without quotes; found "x". Write it in that way.',
    ),
    (
        "need: 1", "need: {§2027-13-01: 1}",
        'demand.0.need.2027-13-01: expected a date that exists; found "2027-13-01". '
        "Check the day and the month.",
    ),
    ("size: 80", "size: §120", "staff.0.size: expected at most 100; found 120. Change the value."),
    ("size: 80", "size: §0", "staff.0.size: expected more than 0; found 0. Change the value."),
    (
        "size: 80", 'size: §"80 %"',
        'staff.0.size: expected a number without quotes; found "80 %". Write it in that way.',
    ),
    (
        "size: 80", "size: §1.0e999",
        "staff.0.size: expected a number; found inf. "
        "Write a number such as 80 or 35.5, without quotes or unit.",
    ),
    (
        "size: 80", "size: 80, fixed: [{on: [§monday], shift: D}]",
        'staff.0.fixed.0.on.0: expected one day; found "monday". '
        'Write a date such as "2027-03-22", or "week 2 tuesday" in a base rota.',
    ),
    (
        "size: 80", "size: 80, history: §off",
        'staff.0.history: expected a list; found "off". '
        "Write [a, b], or one item a line with a dash before it.",
    ),
    (
        "size: 80", "size: 80, wishes: [{on: [all], want: off, strength: §stron}]",
        'staff.0.wishes.0.strength: expected one of weak, medium, strong; found "stron". '
        "Did you mean strong?",
    ),
    (
        PERSON, "  - §{name: Ada, size: 80}",
        "staff.0.competence: expected the key competence; found nothing. Add competence.",
    ),
    (
        PERSON, "  - §Ada",
        'staff.0: expected a group of keys; found "Ada". '
        "Write the keys below it, indented, each with a colon.",
    ),
    (
        "name: Lia", "name: Lia\nrules: {set: {daily_rest: §11}}",
        "rules.set.daily_rest: expected a group of keys; found 11. "
        "Write the keys below it, indented, each with a colon.",
    ),
    (
        "name: Lia", "name: Lia\ngoals: [§uncoverd]",
        "goals.0: expected one of uncovered, full_time_posts, full_time_share, mean_size, fewest_part_time, "
        "largest_smallest_size, fewest_heads, changed_days, wishes, health, fairness; "
        'found "uncoverd". Did you mean uncovered?',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_is_told_with_its_place(old: str, new: str, expected: str) -> None:
    assert HEAD.count(old) == 1
    text = HEAD.replace(old, new)
    before = text[: text.index("§")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert f"ward.yaml:{line}:{column}: {expected}" in text_refused(text.replace("§", ""))


def test_an_unknown_key_and_the_missing_one_are_both_told() -> None:
    assert changed("weeks: 6", "week: 6") == [
        "ward.yaml:3:10: horizon.weeks: expected the key weeks; found nothing. Add weeks.",
        "ward.yaml:3:11: horizon.week: expected a known key; found week. Did you mean weeks?",
    ]


def test_every_mistake_is_told_in_the_order_of_the_file() -> None:
    lines = changed("weeks: 6", "weeks: 0")
    more = text_refused(HEAD.replace("weeks: 6", "weeks: 0").replace("size: 80", "size: 101"))
    assert more[0] == lines[0]
    assert [line.split(":")[1] for line in more] == ["3", "9"]


def test_a_list_whose_items_are_wrong_is_not_called_too_short() -> None:
    assert changed("code: D", "code: D D") == [
        "ward.yaml:5:12: shifts.0.code: expected a code without spaces, commas, semicolons or colons; "
        'found "D D". Use a short code such as D or L2.'
    ]  # fmt: skip
    (line,) = text_refused(HEAD.replace('  - {code: D, from: "07:30", to: "15:00"}', "  []"))
    assert (
        line == "ward.yaml:5:3: shifts: expected at least 1 in the list; found a list of 0. Change the value."
    )


def test_known_keys_are_found_through_lists_and_groups() -> None:
    assert keys_at(Scenario, ("staff", 3, "fixed", 0)) == {"on", "shift"}
    assert "from" in keys_at(Scenario, ("staff", 0, "leave", 1))
    assert keys_at(Scenario, ("budget", "by_competence", "nurse")) == {"fte", "share_percent"}


def test_of_very_many_mistakes_the_first_are_told_and_the_others_counted() -> None:
    text = "".join(f"k{number}: 0\n" for number in range(MOST_MISTAKES + 40))
    with using_language("en"), pytest.raises(InputError) as caught:
        read_scenario(text)
    assert len(caught.value.findings) == MOST_MISTAKES + 1
    last = caught.value.findings[-1]
    assert (last.path, last.hint) == ((), "Correct these first.")
    assert last.found.startswith("found 4")  # and what the file lacks
