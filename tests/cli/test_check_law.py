"""`turnus check --profile`: what is law and what is only agreed, and when Sundays and red days are off."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Runner
from turnus.result.check_document import check_schema


def document(ran: Any) -> dict[str, Any]:
    """The JSON document on stdout, which keeps the published schema."""
    found: dict[str, Any] = json.loads(ran.out)
    Draft202012Validator(check_schema()).validate(found)
    return found


def of(entries: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    (found,) = [entry for entry in entries if entry["rule"] == rule]
    return found


def broken(found: dict[str, Any], *, hard: bool) -> set[str]:
    return {breach["rule"] for breach in found["audit"]["breaches"] if breach["hard"] == hard}


AGREED_ONLY = """kode;fra;til;ubetalt pause
D;08:00;15:30;30
N;22:00;06:45;30

navn;stilling;full stilling;1 ma;1 ti;1 on;1 to;1 fr;1 lø;1 sø;2 ma;2 ti;2 on;2 to;2 fr;2 lø;2 sø
Kari;75;35,5;N;N;N;N;;;;D;D;;D;D;D;
"""


class TestTheLawAlone:
    """Without an agreement the law holds, and nothing that is only agreed."""

    def test_what_is_only_agreed_is_soft_and_a_rota_that_breaks_it_is_lawful(
        self, turnus: Runner, tmp_path: Path
    ) -> None:
        path = tmp_path / "rota.csv"
        # four nights in a row, and Saturday worked with Sunday off: neither is against the law
        path.write_text(AGREED_ONLY, encoding="utf-8")
        ran = turnus("check", "--profile", "aml", path, "--json")
        found = document(ran)
        assert broken(found, hard=True) <= {"hours_of_post"}
        assert {"max_nights_in_a_row", "whole_weekends"} <= broken(found, hard=False)
        assert found["lawful"]
        advice = of(found["rules"], "whole_weekends")["what_to_do"]
        assert advice == "Agreed practice, not law: take it up when the rota is discussed."

    def test_a_red_day_after_a_sunday_at_work_is_against_the_law(
        self, turnus: Runner, tmp_path: Path
    ) -> None:
        path = tmp_path / "rota.csv"
        days = ";".join(f"{day:02d}.05.2027" for day in range(3, 24))
        cells = ["D" if day in (16, 17) else "" for day in range(3, 24)]  # Sunday and Constitution Day
        path.write_text(f"kode;fra;til\nD;8;15\n\nnavn;{days}\nKari;{';'.join(cells)}\n", encoding="utf-8")
        found = document(turnus("check", "--profile", "aml", path, "--json"))
        (breach,) = [b for b in found["audit"]["breaches"] if b["hard"]]
        assert (breach["rule"], breach["date"], found["lawful"]) == ("sundays_off", "2027-05-17", False)
        assert any("1 and 17 May begin at 18:00" in text for text in found["assumed"])

    def test_a_broken_agreement_is_hard_and_not_against_the_law(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        path.write_text(AGREED_ONLY, encoding="utf-8")
        ran = turnus("check", "--profile", "ks-lokal", path, "--json")
        found = document(ran)
        assert (ran.code, found["lawful"]) == (4, True)
        assert {"max_nights_in_a_row", "whole_weekends"} <= broken(found, hard=True)

    @pytest.mark.parametrize(("weeks", "judged"), [(3, False), (26, True)])
    def test_where_time_off_is_averaged_a_short_plan_has_no_mean_yet(
        self, turnus: Runner, tmp_path: Path, weeks: int, judged: bool
    ) -> None:
        path = tmp_path / "rota.csv"
        first = dt.date(2027, 5, 3)
        days = ";".join(str(first + dt.timedelta(days=day)) for day in range(7 * weeks))
        path.write_text(f"kode;fra;til\nD;8;15\n\nnavn;{days}\nKari;D\n", encoding="utf-8")
        found = document(turnus("check", "--profile", "ks-lokal", path, "--json"))
        unjudged = [one["missing"] for one in found["unjudged"] if one["rule"] == "sundays_off"]
        expected = "The mean over 26 weeks is not known: the plan and the days before it are 3 weeks."
        assert unjudged == ([] if judged else [expected])
        assert [basis["named"] for basis in of(found["rules"], "sundays_off")["rests_on"]] == [[]]

    def test_a_base_rota_is_held_to_half_of_the_sundays(self, turnus: Runner, tmp_path: Path) -> None:
        path = tmp_path / "rota.csv"
        week = "navn;ma;ti;on;to;fr;lø;sø\nKari;;;;;;D;D\n"
        path.write_text(f"kode;fra;til\nD;8;15\n\n{week}", encoding="utf-8")
        found = document(turnus("check", "--profile", "ks-lokal", path, "--json"))
        # every Sunday: 4 in 4 weeks where 3 are allowed, and 26 in 26 where 13 are
        amounts = [b["amount"] for b in found["audit"]["breaches"] if b["rule"] == "sundays_off"]
        assert sorted(amounts) == [1, 13]
