"""The report: complete, self-contained, safe, readable, and in one language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.result.cases import goal, small_case, small_outcome, small_rota
from turnus.errors import Finding
from turnus.formats import report_html
from turnus.formats.pages import style
from turnus.texts import using_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using_language("en"):
        yield


def report(**changes: Any) -> str:
    case = small_case()
    return report_html(case, small_outcome(case, **changes))


class Outline(HTMLParser):
    """Tags that are opened and closed in order, the ids that labels point to, and the text."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.labels += [values["aria-labelledby"] or ""] if "aria-labelledby" in values else []
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if self.rows and self.rows[-1] and any(cell in self.open for cell in ("td", "th")):
            self.rows[-1][-1] += data


def rows_of(html: str) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in Outline(html).rows]


def test_the_page_is_well_formed_and_every_section_has_its_heading() -> None:
    outline = Outline(report())
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.labels) <= set(outline.ids)


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs() -> None:
    html = report()
    for forbidden in ("http:", "https:", "src=", "url(", "@import", "<script", "<link"):
        assert forbidden not in html


def test_names_from_the_file_cannot_become_markup() -> None:
    html = report()
    assert "<test>" not in html
    assert "Lia &lt;test&gt; &amp; co" in html


def test_keys_of_the_file_are_shown_as_code() -> None:
    case = small_case()
    note = Finding(("rules",), "expected `for` <b>", "found nothing", "Name them under `for`.")
    html = report_html(replace(case, notes=(note,)), small_outcome(case))
    assert "expected <code>for</code> &lt;b&gt;; found nothing. Name them under <code>for</code>." in html


def test_the_sentence_the_bounds_and_the_vector_are_there() -> None:
    html = report()
    rows = rows_of(html)
    assert "At most 1 full-time post with this demand, 3.0 FTE" in html
    assert ["2. Full-time posts", "0", "1", "– not proven"] in rows
    assert ["Full-time posts", "0", "1"] in rows
    assert ["Wished increases", "1 of 1 granted, 0 FTE unmet", ""] in rows
    assert ["75%", "1", "", "1", "0.75", ""] in rows


def test_coverage_shows_the_missing_person_and_where() -> None:
    html = report()
    assert ["evening", "14:45–22:15", "all", "1 −1", "1", "1", "1", "1", "·", "·"] in rows_of(html)
    assert "week 2 Monday, evening 14:45–22:15: 1 missing (people)" in html


def test_the_rota_shows_codes_free_days_hours_and_the_difference() -> None:
    row = next(row for row in rows_of(report()) if row[:2] == ["01", "Kari Nurses"])
    week = ["D", "D", "D", "D", "", "F2", "F1", "30"]
    assert row == ["01", "Kari Nurses", "75%", *week, "D", "D", "", "", "D", "F2", "F1", "22.5", "-0.75 h"]


def test_below_the_rota_stand_the_shifts_of_each_day_and_who_is_missing() -> None:
    rows = rows_of(report())
    evenings = next(row for row in rows if row[0] == "A")
    assert evenings[1:8] == ["1", "1", "1", "1", "1", "", ""]
    missing = next(row for row in rows if row[0] == "Missing at most")
    assert missing[9] == "1"  # Monday of week 2, after seven days and the hours of week 1


def test_a_broken_hard_rule_is_shown_red_with_its_paragraph_and_agreement() -> None:
    case = small_case(rules__set__daily_rest__rest="11 h")
    html = report_html(case, small_outcome(case))
    row = next(row for row in rows_of(html) if row[0].startswith("Daily rest"))
    assert row[1:] == ["rest: 11 h", "AML § 10-8 (1) and (3)", "hard", "everybody", "K-7", "1"]
    assert (
        "Daily rest (AML § 10-8 (1) and (3)) – 03 open post, week 1 Friday: "
        "1 h 45 min too little, required 11 h"
    ) in html
    assert "K-7: Lia and NSF (local), valid until Dec 31, 2027; used by: Daily rest" in html
    assert 'class="audit broken"' in html


def test_quality_before_and_after_polish_in_natural_units() -> None:
    assert ["Isolated working days", "4", "1 ↓", "days missing"] in rows_of(report())


def test_without_a_rota_the_report_says_why_and_shows_no_empty_tables() -> None:
    html = report(rota=None, status="unknown", goals=(goal("full_time_posts", None, 1, proven=False),))
    assert "No rota was found in the time given" in html
    assert ["1. Full-time posts", "unknown", "1", "– not proven"] in rows_of(html)
    for part in ("h-rota", "h-coverage", "h-sizes"):
        assert part not in html


def test_a_long_rota_is_cut_into_tables_of_six_weeks() -> None:
    case = small_case(horizon__weeks="8")
    rota = small_rota(case, tuple(" ".join([line] * 4) for line in small_lines()))
    html = report_html(case, small_outcome(case, rota=rota))
    assert "<caption>Week 1 – Week 6</caption>" in html
    assert "<caption>Week 7 – Week 8</caption>" in html
    assert html.count("Hours ±") == 1


def small_lines() -> tuple[str, ...]:
    from tests.result.cases import LINES

    return LINES


def test_a_calendar_plan_shows_dates_and_week_numbers() -> None:
    case = small_case(horizon__start="2027-01-04")
    html = report_html(case, small_outcome(case))
    assert "Week 1 (Jan 4, 2027)" in html
    assert "calendar plan over 2 weeks from Jan 4, 2027" in html


def test_leave_is_marked_apart_from_other_days_off() -> None:
    case = small_case()
    kari = replace(case.problem.classes[0], leave=frozenset({4}))
    problem = replace(case.problem, classes=(kari, *case.problem.classes[1:]))
    html = report_html(replace(case, problem=problem), small_outcome(case))
    assert html.count('<td class="c leave">') == 1


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_from_every_colour_it_is_printed_on() -> None:
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style("report.css")))
    on_light = ("day", "evening", "night", "long", "other", "free", "tint", "paper")
    found.setdefault("paper", "#ffffff")
    for name in on_light:
        assert contrast(found["ink"], found[name]) >= 7, name
    for text, ground in (("good", "goodtint"), ("bad", "badtint"), ("warn", "warntint"), ("soft", "tint")):
        assert contrast(found[text], found[ground]) >= 4.5, text


def test_demand_from_tasks_says_which() -> None:
    from tests.case.test_tasks import task, unit
    from tests.files import case as case_with

    own = task("Care", "08:00", "10:00", minutes=60, people=2, movable=False)
    with_tasks = case_with(unit(own, task("Laundry", "08:00", "12:00", minutes=45, done_by="service")))
    assert "Where the demand comes from" not in report()
    case = replace(small_case(), task_days=with_tasks.task_days, tasks_elsewhere=with_tasks.tasks_elsewhere)
    found = Outline(report_html(case, small_outcome(case)))
    assert ["Care", "60", "2", "08:00"] in found.rows
    assert "Laundry is done by service staff and is no demand here." in found.words
    assert set(found.labels) <= set(found.ids)
