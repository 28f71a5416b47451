"""`turnus check`: rule by rule, with a scenario or with a profile alone, as text, JSON and a page."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.cli.conftest import Runner
from turnus.result.check_document import check_schema
from turnus.texts import set_language

EXAMPLE = Path(__file__).resolve().parents[2] / "scenarios" / "rota-alone" / "solsiden.csv"

SCENARIO = """
turnus: 1
name: Lia
horizon: {weeks: 1, start: 2027-01-04}
shifts:
  - {code: D, from: "07:30", to: "15:00"}
  - {code: A, from: "14:45", to: "22:15", unpaid_break: 30 min}
demand:
  - {block: day, shifts: [D], need: 0}
staff:
  - {name: "Kari <b>", competence: staff, size: 100}
  - {name: Ola, competence: staff, size: 100}
hours: {under: 160 h, over: 40 h}
agreements:
  - {id: "K-7", parties: Lia and NSF, level: local, valid_until: 2027-12-31}
rules:
  profile: aml
  set:
    even_hours: {enabled: false}
    daily_rest: {rest: 11 h}
"""
DATES = ";".join(f"2027-01-{day:02d}" for day in range(4, 11))
ROTA = f"""Post;Person;Competence;Size %;{DATES}
01;Kari <b>;staff;100;A;D;D;;;;
02;Ola;staff;100;D;D;D;;;;
"""


@pytest.fixture
def unit(tmp_path: Path) -> tuple[Path, Path]:
    """Return a scenario in which A followed by D is 1 h 45 min short, and a rota that does it once."""
    scenario, rota = tmp_path / "lia.yaml", tmp_path / "rota.csv"
    scenario.write_text(SCENARIO, encoding="utf-8")
    rota.write_text(ROTA, encoding="utf-8")
    return scenario, rota


def document(ran: Any) -> dict[str, Any]:
    """Return the JSON document on stdout, which keeps the published schema."""
    found: dict[str, Any] = json.loads(ran.out)
    Draft202012Validator.check_schema(check_schema())
    Draft202012Validator(check_schema()).validate(found)
    return found


def of(entries: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    (found,) = [entry for entry in entries if entry["rule"] == rule]
    return found


class TestWithAScenario:
    def test_json_names_the_person_the_date_the_paragraph_and_what_to_do(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        ran = turnus("check", *unit, "--json")
        found = document(ran)
        assert (ran.code, found["lawful"]) == (4, False)
        breach = of(found["audit"]["breaches"], "daily_rest")
        # A ends 22:15, D begins 07:30: 9 h 15 min of 11 h
        assert breach["amount"] == 105
        assert (breach["person"], breach["date"], breach["week"]) == ("Kari <b>", "2027-01-05", 1)
        assert (breach["weekday"], breach["source"]) == ("Tuesday", "AML § 10-8 (1) and (3)")
        rule = of(found["rules"], "daily_rest")
        assert (rule["group"], rule["hard"], rule["breaches"]) == ("law", True, 1)
        assert rule["what_to_do"] == (
            "Change the rota; the worst of them, 9 h 15 min, would take an agreement: local (AML § 10-8 (3))."
        )
        assert found["people"][0]["hard"] == 1
        assert found["people"][0]["rules"]["daily_rest"] == 1
        assert found["people"][1]["hard"] == 0

    def test_the_law_comes_first_and_hard_rules_before_soft_ones(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json"))
        groups = ["law", "agreed", "structure", "health"]
        places = [(not rule["hard"], groups.index(rule["group"])) for rule in found["rules"]]
        assert places == sorted(places)
        ran = turnus("check", *unit)
        assert ran.out.index("The law – hard") < ran.out.index("✗ Daily rest") < ran.out.index("– soft")

    def test_a_value_beyond_the_law_names_the_agreement_it_rests_on(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        words = ("rules.profile=ks-lokal", "rules.set.daily_rest.rest=9 h")
        sets = [part for word in words for part in ("--set", word)]
        found = document(turnus("check", *unit, "--json", *sets))
        (basis,) = of(found["rules"], "daily_rest")["rests_on"]
        assert (basis["named"], basis["expired"], basis["levels"][0]) == (["K-7"], [], "local")
        ran = turnus("check", *unit, *sets)
        assert "Daily rest – " not in ran.out  # kept, and the agreement is named

    def test_a_rule_that_the_scenario_switches_off_is_named(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json"))
        assert of(found["not_used"], "even_hours")["group"] == "health"
        assert "Even hours" in " ".join(turnus("check", *unit).out.split("Not in use here")[1].split())

    def test_a_rule_that_could_not_be_judged_is_named_with_what_is_missing(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json"))
        assert of(found["unjudged"], "breaks")["missing"].startswith("The breaks of D are not stated")
        assert "could not be judged in full" in found["verdict"]

    def test_demand_that_nobody_can_meet_does_not_stop_the_check(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        words = (
            "demand[day].need=5",
            "competences={staff: {}, nurse: {}}",
            "demand[day].of_which={nurse: 1}",
        )
        ran = turnus("check", *unit, "--json", *(part for word in words for part in ("--set", word)))
        assert ran.code == 4
        found = document(ran)
        assert found["coverage"]["uncovered_minutes"] > 0
        assert any("demand" in text for text in found["assumed"])  # what arithmetic says is still said

    def test_every_breach_of_the_document_is_counted_once_by_rule(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json"))
        assert sum(rule["breaches"] for rule in found["rules"]) == len(found["audit"]["breaches"])
        by_person = sum(one["hard"] + one["soft"] for one in found["people"])
        assert by_person == sum(breach["post"] is not None for breach in found["audit"]["breaches"])

    def test_a_breach_rests_on_the_agreement_of_the_rule_that_found_it(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        # Kari's 8 h take the agreement, everybody else's 11 h do not; Ola's A ends 22:15, his D begins 07:30
        unit[1].write_text(ROTA.replace("100;D;D;D", "100;A;D;D"), encoding="utf-8")
        lists = "rules.set.daily_rest=[{rest: 8 h, for: [Kari <b>]}, {rest: 11 h}]"
        found = document(turnus("check", *unit, "--json", "--set", "rules.profile=ks-lokal", "--set", lists))
        (breach,) = [one for one in found["audit"]["breaches"] if one["rule"] == "daily_rest"]
        assert (breach["person"], breach["agreements"]) == ("Ola", [])
        assert [rule["for"] for rule in found["rules"] if rule["rule"] == "daily_rest"] == [
            "everybody except Kari <b>", "Kari <b>",
        ]  # fmt: skip

    def test_whom_a_rule_is_for_is_said_on_the_terminal_and_the_page(
        self, turnus: Runner, unit: tuple[Path, Path], tmp_path: Path
    ) -> None:
        lists = "rules.set.daily_rest=[{rest: 10 h, for: [Kari <b>]}, {rest: 11 h}]"
        words = ("check", *unit, "--set", "rules.profile=ks-lokal", "--set", lists)
        out = turnus(*words, "--html", tmp_path / "check.html").out
        assert "✗ Daily rest (AML § 10-8 (1) and (3)) – for Kari <b> –" in out
        page = (tmp_path / "check.html").read_text(encoding="utf-8")
        assert 'Daily rest <span class="forwhom">for Kari &lt;b&gt;</span>' in page
        assert 'Daily rest <span class="forwhom">for everybody except Kari &lt;b&gt;</span>' in page

    def test_days_before_the_plan_that_are_not_known_are_said(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json"))
        (text,) = [one["missing"] for one in found["unjudged"] if one["rule"] is None]
        assert text == (
            "The days before the plan are not known for Kari <b>, Ola, so that their first rests are not "
            "judged."
        )
        known = document(turnus("check", *unit, "--json", "--set", "staff[Ola].history=[D]"))
        (text,) = [one["missing"] for one in known["unjudged"] if one["rule"] is None]
        assert "Ola" not in text

    def test_fewer_posts_and_another_size_are_said_with_whose_they_are(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        unit[1].write_text(ROTA.replace(";staff;100;A", ";staff;80;A").split("02;")[0], encoding="utf-8")
        out = turnus("check", *unit).out
        assert "01 Kari <b>: has 80%, expected 100%" in out
        assert "the whole unit: Ola has no line in the rota" in out

    def test_a_rule_that_says_nothing_here_is_not_counted_as_kept(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        found = document(turnus("check", *unit, "--json", "--set", "rules.set.forbidden_sequences={}"))
        assert of(found["not_used"], "forbidden_sequences")["group"] == "agreed"
        assert "standby_hours" not in {rule["rule"] for rule in found["rules"]}


class TestAgreementsThatHaveEnded:
    """A value that rests on one is a finding of the check, and only where the rota goes beyond the law."""

    def ran(self, turnus: Runner, unit: tuple[Path, Path], until: str, *more: str) -> Any:
        words = (
            "rules.profile=ks-lokal",
            "rules.set.daily_rest={rest: 9 h}",
            f"agreements[K-7].valid_until={until}",
        )
        return turnus("check", *unit, *more, *(part for word in words for part in ("--set", word)))

    def test_one_that_ended_before_the_plan_ends_with_4_and_says_where_it_is_needed(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        # Kari's A ends Monday 22:15, D begins Tuesday 07:30: 9 h 15 min, 105 min below the law's 11 h
        found = document(json_ran := self.ran(turnus, unit, "2026-12-31", "--json"))
        assert (json_ran.code, found["lawful"], found["audit"]["hard"]) == (4, False, 0)
        (basis,) = of(found["rules"], "daily_rest")["rests_on"]
        assert (basis["expired"], basis["lapsed"], basis["kept_by_law"]) == (["K-7"], 1, False)
        assert "1 rests on an agreement that has expired" in found["verdict"]
        assert not any("found no agreement for Daily rest" in text for text in found["assumed"])
        out = " ".join(self.ran(turnus, unit, "2026-12-31").out.split())
        assert "expired: K-7 (until Dec 31, 2026)" in out
        lapsed = out.split("Rests on an agreement that has expired")[1].split("Health")[0]
        assert "01 Kari <b>, Tuesday Jan 5, 2027: 1 h 45 min too little, required 11 h" in lapsed

    def test_the_page_says_it_too(self, turnus: Runner, unit: tuple[Path, Path], tmp_path: Path) -> None:
        self.ran(turnus, unit, "2026-12-31", "--html", str(tmp_path / "check.html"))
        page = (tmp_path / "check.html").read_text(encoding="utf-8")
        assert "✗ rests on an agreement that has expired" in page
        assert 'id="h-lapsed"' in page

    @pytest.mark.parametrize(("until", "code"), [("2027-01-04", 4), ("2027-01-05", 0), ("2027-01-10", 0)])
    def test_one_that_ends_inside_the_plan_covers_what_lies_before(
        self, turnus: Runner, unit: tuple[Path, Path], until: str, code: int
    ) -> None:
        assert self.ran(turnus, unit, until).code == code

    def test_a_rota_that_keeps_the_law_needs_none(self, turnus: Runner, unit: tuple[Path, Path]) -> None:
        unit[1].write_text(ROTA.replace("A;D;D", "D;D;D"), encoding="utf-8")
        ran = self.ran(turnus, unit, "2026-12-31")
        assert ran.code == 0
        assert "✓ Daily rest – the law: 11 h" in ran.out

    def test_a_value_beyond_the_profile_is_audited_all_the_same(
        self, turnus: Runner, unit: tuple[Path, Path]
    ) -> None:
        words = ("rules.set.daily_rest={rest: 8 h}", "agreements[K-7].valid_until=2026-12-31")
        ran = turnus("check", *unit, "--json", *(part for word in words for part in ("--set", word)))
        assert (ran.code, of(document(ran)["rules"], "daily_rest")["rests_on"][0]["lapsed"]) == (4, 1)

    def test_without_dates_it_cannot_be_judged(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        text = EXAMPLE.read_text(encoding="utf-8").replace(
            "tillitsvalgte;lokal", "tillitsvalgte;lokal;10.01.2020"
        )
        path.write_text(text, encoding="utf-8")
        found = document(turnus("check", "--profile", "ks-lokal", path, "--json"))
        assert any(
            "to judge whether the agreement still holds" in one["missing"] for one in found["unjudged"]
        )


class TestWhatIsHeldWithoutAnAgreement:
    def test_a_rota_within_the_law_is_said_to_need_none(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        days = ";".join(["D;D;D;D;D;;"] * 3)  # 7.5 h, rests of 16 h 30 min, weeks of 35 h
        path.write_text(
            "[oppsett]\nfull stilling;35,5 t\n[vakter]\nkode;fra;til;ubetalt pause\nD;8:00;15:30;30\n"
            f"[turnus]\nnavn;stilling;{';'.join(['ma;ti;on;to;fr;lø;sø'] * 3)}\nKari;98,59;{days}\n",
            encoding="utf-8",
        )
        ran = turnus("check", "--profile", "ks-lokal", path, "--html", tmp_path / "check.html")
        assert ran.code == 0
        assert "Kept, if there is an agreement" not in ran.out
        assert "✓ Daily rest – the law: 11 h" in ran.out
        page = (tmp_path / "check.html").read_text(encoding="utf-8")
        assert "held, also without an agreement (the law: 11 h)" in page
        found = document(turnus("check", "--profile", "ks-lokal", path, "--json"))
        assert of(found["rules"], "daily_rest")["rests_on"][0]["kept_by_law"] is True


class TestTextOfPeople:
    """Names and competences are text: brackets and colons are shown as they are."""

    @pytest.mark.parametrize("name", ["[/red]", "Kari [vikar]", "[bold]x[/bold]", "=A1", ":smile:", "<b>"])
    def test_any_name_is_shown_in_full(self, turnus: Runner, tmp_path: Path, name: str) -> None:
        path = tmp_path / "rota.csv"
        text = (
            EXAMPLE.read_text(encoding="utf-8").replace("Ola", name).replace("helsefagarbeider", f"hfa{name}")
        )
        path.write_text(text, encoding="utf-8")
        ran = turnus("check", "--profile", "ks-lokal", path)
        assert ran.code == 4, ran.err
        assert f"02 {name}, week 1 Thursday" in ran.out
        assert f"02 {name}  " in ran.out.split("Hard breaches by person")[1]
        assert f"hfa{name}" in ran.out.split("Posts by size")[1]


class TestWithAProfileAlone:
    def test_the_example_ends_with_4_and_names_what_it_lacks(self, turnus: Runner) -> None:
        ran = turnus("check", "--profile", "ks-lokal", EXAMPLE, "--json")
        found = document(ran)
        assert ran.code == 4
        assert (found["profile"], found["scenario"], found["coverage"], found["goals"]) == (
            "ks-lokal", None, None, [],
        )  # fmt: skip
        assert {b["person"] for b in found["audit"]["breaches"] if b["hard"]} == {"Ola", "Per"}
        assert of(found["unjudged"], "fte_budget")["missing"] == "not in the file: the FTE budget"
        assert found["heltid"]["fte"] == 2.25

    def test_another_profile_asks_for_more(self, turnus: Runner) -> None:
        found = document(turnus("check", "--profile", "aml", EXAMPLE, "--json"))
        rests = [b["amount"] for b in found["audit"]["breaches"] if b["rule"] == "daily_rest"]
        # N to 07:45, A from 14:45: 7 h of 11 h
        assert rests == [240]

    def test_sizes_that_the_file_does_not_state_are_null(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        path.write_text("kode;fra;til\nD;8;16\n\nnavn;ma;ti;on;to;fr;lø;sø\nKari;D;;;;;;\n", encoding="utf-8")
        found = document(turnus("check", "--profile", "aml", path, "--json"))
        post = found["posts"][0]
        assert (post["size_percent"], post["position_minutes"], found["heltid"]) == (None, None, None)
        assert "Posts by size" not in turnus("check", "--profile", "aml", path).out

    @pytest.mark.parametrize(
        ("agreement", "told"),
        [
            ("", "none is named – ask to see it"),
            ("avtale;L-12;;individuell\n", "none is named – ask to see it"),
            ("avtale;L-12;;lokal\n", ""),
        ],
    )
    def test_a_value_that_takes_an_agreement_asks_for_it(
        self, turnus: Runner, tmp_path: Path, agreement: str, told: str
    ) -> None:
        path = tmp_path / "rota.csv"
        text = EXAMPLE.read_text(encoding="utf-8")
        line = next(line for line in text.splitlines(keepends=True) if line.startswith("avtale"))
        # Kari works six days of week 1, 45 h, where the law has 38 h
        text = text.replace("Kari;D;D;D;F2", "Kari;D;D;D;D")
        path.write_text(text.replace(line, agreement), encoding="utf-8")
        out = " ".join(turnus("check", "--profile", "ks-lokal", path).out.split())
        wanted = f"! Hours per week – 54 h takes an agreement: local (AML § 10-5); {told}"
        assert (wanted in out) == bool(told)

    def test_an_unknown_profile_is_told_with_the_nearest(self, turnus: Runner) -> None:
        ran = turnus("check", "--profile", "ks-local", EXAMPLE)
        assert ran.code == 1
        assert "ks-lokal" in ran.err

    def test_a_mistake_in_the_file_ends_with_1_and_its_place(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("N;A;;F2", "N;Q;;F2"), encoding="utf-8")
        ran = turnus("check", "--profile", "ks-lokal", path, "--json")
        assert ran.code == 1
        assert f"{path}:22:5: rota: expected a code of the shift list (D, A, N), F1, F2 or empty" in ran.err
        assert json.loads(ran.out)["findings"][0]["line"] == 22

    def test_free_day_codes_that_say_something_else_are_told(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        text = EXAMPLE.read_text(encoding="utf-8").replace("Per;;;;F2;F1;", "Per;;;;F2;F2;")
        path.write_text(text, encoding="utf-8")
        (note,) = document(turnus("check", "--profile", "ks-lokal", path, "--json"))["notes"]
        assert (note["line"], note["found"]) == (23, "found week 1: 0 F1")
        out = " ".join(turnus("check", "--profile", "ks-lokal", path).out.split())
        assert "! line 23: expected one F1 a week for Per" in out
        assert out.index("To look at in the file") < out.index("Could not be judged")

    def test_codes_of_a_calendar_plan_are_told_with_the_week_of_the_calendar(
        self, turnus: Runner, tmp_path: Path
    ) -> None:
        path = tmp_path / "rota.csv"
        dates = ";".join(f"{day}.05.2027" for day in range(10, 17))  # ISO week 19
        path.write_text(f"kode;fra;til\nD;8;16\n\nnavn;{dates}\nKari;D;D;D;D;F1;F1;\n", encoding="utf-8")
        (note,) = document(turnus("check", "--profile", "ks-lokal", path, "--json"))["notes"]
        assert note["found"] == "found week 19: 2 F1"

    def test_the_page_shows_the_codes_of_the_file(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        dates = ";".join(f"{day}.05.2027" for day in range(10, 17))
        path.write_text(
            "kode;fra;til;type\nD;8;16;\nFE;;;ferie\n\n"
            f"navn;stilling;{dates}\nKari;50;F1;F1;-;FE;D;;fri\nOla;;D\n", encoding="utf-8",
        )  # fmt: skip
        turnus("check", "--profile", "ks-lokal", path, "--html", tmp_path / "check.html")
        page = (tmp_path / "check.html").read_text(encoding="utf-8")
        kari, ola = page.split('<th class="who ')[1:3]
        cells = re.findall(r'<td class="(c[^"]*)"[^>]*>([^<]*)</td>', kari)
        assert [text for _css, text in cells] == ["F1", "F1", "-", "FE", "D", "", "fri"]
        assert "leave" in cells[3][0]
        assert '<td class="size">50%</td>' in kari
        assert '<td class="size"></td>' in ola  # not 100 %, which nobody has said

    def test_one_size_that_is_missing_is_null_and_the_others_are_not(
        self, turnus: Runner, tmp_path: Path
    ) -> None:
        path = tmp_path / "rota.csv"
        path.write_text(
            "[oppsett]\nfull stilling;35,5\n[vakter]\nkode;fra;til\nD;8;16\n"
            "[turnus]\nnavn;stilling;ma;ti;on;to;fr;lø;sø\nKari;50;D\nOla;;D\n", encoding="utf-8",
        )  # fmt: skip
        found = document(turnus("check", "--profile", "aml", path, "--json"))
        assert [post["size_percent"] for post in found["posts"]] == [50, None]
        assert [post["position_minutes"] for post in found["posts"]] == [1065, None]
        assert found["heltid"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("check", EXAMPLE),
        ("check", EXAMPLE, EXAMPLE, "--profile", "aml"),
        ("check", EXAMPLE, "--profile", "aml", "--proof", EXAMPLE),
        ("check", EXAMPLE, "--profile", "aml", "--set", "hours.over=4 h"),
        ("check", EXAMPLE, "--proof", EXAMPLE, "--html", "x.html"),
    ],
)
def test_what_does_not_go_together_is_told(turnus: Runner, words: tuple[object, ...]) -> None:
    ran = turnus(*words)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err


class TestFilesThatAreRead:
    """No verb writes over what it reads, and a place that cannot be written is told."""

    @pytest.mark.parametrize("name", ["rota.csv", "./x/../rota.csv"])
    def test_the_page_is_not_written_over_the_rota(self, turnus: Runner, tmp_path: Path, name: str) -> None:
        (tmp_path / "x").mkdir()
        path = tmp_path / "rota.csv"
        path.write_bytes(EXAMPLE.read_bytes())
        ran = turnus("check", "--profile", "ks-lokal", path, "--html", f"{tmp_path}/{name}")
        assert ran.code == 1
        assert "expected another file than the one that is read" in ran.err
        assert path.read_bytes() == EXAMPLE.read_bytes()

    def test_nor_over_the_scenario(self, turnus: Runner, unit: tuple[Path, Path]) -> None:
        ran = turnus("check", *unit, "--html", unit[0])
        assert ran.code == 1
        assert unit[0].read_text(encoding="utf-8") == SCENARIO

    @pytest.mark.parametrize("place", ["/proc/nowhere/page.html", "/proc"])
    def test_a_place_that_cannot_be_written_is_told(self, turnus: Runner, place: str) -> None:
        ran = turnus("check", "--profile", "ks-lokal", EXAMPLE, "--html", place)
        assert ran.code == 1
        assert f"{place}: file: expected a place that can be written; found" in ran.err


class Page(HTMLParser):
    """Keeps what a page refers to, its tags and the classes of its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if tag in ("link", "script", "img", "iframe"):
            self.outside.append(tag)
        if tag in ("td", "th") and {"hard", "soft"} & set((values.get("class") or "").split()):
            self.marked.append(values.get("title") or "")


class TestThePage:
    @pytest.fixture
    def page(self, turnus: Runner, unit: tuple[Path, Path], tmp_path: Path) -> str:
        path = tmp_path / "check.html"
        assert turnus("check", *unit, "--html", path).code == 4
        return path.read_text(encoding="utf-8")

    def test_it_needs_nothing_beside_it(self, page: str) -> None:
        assert Page(page).outside == []
        assert "@import" not in page
        assert "url(" not in page

    def test_the_breached_cell_is_marked_with_what_is_wrong(self, page: str) -> None:
        told = [title for title in Page(page).marked if "Daily rest" in title]
        assert told == ["Daily rest: 1 h 45 min too little, required 11 h"] or (
            len(told) == 1 and told[0].startswith("Daily rest: 1 h 45 min too little, required 11 h;")
        )

    def test_keys_of_the_file_are_shown_as_code(self, page: str) -> None:
        assert "<code>unpaid_break</code>" in page
        assert "`" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)

    def test_names_are_escaped(self, page: str) -> None:
        assert "Kari &lt;b&gt;" in page
        assert "Kari <b>" not in page

    def test_the_verdict_stands_above_the_rules_and_the_rota_below(self, page: str) -> None:
        places = [page.index(f'id="h-{name}"') for name in ("verdict", "rules", "people", "rota", "kept")]
        assert places == sorted(places)

    def test_a_rota_without_breaches_says_so(
        self, turnus: Runner, unit: tuple[Path, Path], tmp_path: Path
    ) -> None:
        unit[1].write_text(ROTA.replace("A;D;D", "D;D;D"), encoding="utf-8")
        ran = turnus("check", *unit, "--html", tmp_path / "check.html")
        assert ran.code == 0
        assert "✓ no hard rule is broken" in (tmp_path / "check.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize(("language", "word"), [("nb", "Turnuskontroll"), ("nn", "Turnuskontroll")])
    def test_it_speaks_the_language(self, turnus: Runner, tmp_path: Path, language: str, word: str) -> None:
        set_language(language)
        path = tmp_path / "check.html"
        turnus("check", "--lang", language, "--profile", "ks-lokal", EXAMPLE, "--html", path)
        text = path.read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in text
        assert word in text
        body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.S)
        for english in ("hard rule", "Could not", "Person by", "takes an agreement", "Change the rota"):
            assert english not in body


CELLS = st.sampled_from(
    ["", "-", "F1", "D", "N", "Q", "Kari", "07.30", "25.00", "101", "0,5", "uke 3", "ma", "[turnus]",
     "[vakter]", "2027-01-04", '"', "x" * 90, "off", "any", "night", "K-7"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 22), CELLS), min_size=1, max_size=4))
def test_an_example_with_some_cells_changed_is_checked_or_refused(
    turnus: Runner, tmp_path: Path, changes: list[tuple[int, int, str]]
) -> None:
    rows = [line.split(";") for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    for at, column, text in changes:
        row = rows[at % len(rows)]
        row[column % len(row)] = text
    path = tmp_path / "rota.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    ran = turnus("check", "--profile", "ks-lokal", path, "--json", "--html", tmp_path / "check.html")
    assert ran.code in (0, 1, 4), ran.err
    if ran.code == 1:
        assert f"{path}" in ran.err
    else:
        document(ran)
