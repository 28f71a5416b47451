"""What arithmetic says before solving: bad input, proven impossibilities, notes."""

from typing import Any

import pytest

from tests.files import ADA, BO, SHIFTS, case, impossible, only, open_unit, refused, small
from turnus.errors import Finding

DAY: dict[str, Any] = {"block": "day", "from": "07:30", "to": "15:00", "need": {"weekdays": 1}}
EVERY_DAY: dict[str, Any] = DAY | {"need": 1}


def notes(content: dict[str, Any], *overrides: str) -> list[str]:
    return [note.sentence() for note in case(content, *overrides).notes]


def people(*staff: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the small unit with other staff, and demand that they can all pay."""
    return small(**({"staff": list(staff)} | changes))


class TestNobodyCompetent:
    def test_no_staff_and_no_open_posts_of_a_competence(self) -> None:
        unit = people(BO, demand=[DAY | {"of_which": {"nurse": {"weekdays": 1}}}])
        assert only(impossible(unit)) == (
            "demand.0.of_which.nurse",
            "expected somebody of nurse for week 1 monday 07:45–14:45 and 29 other days; "
            "found nobody who may work the shifts there. "
            "Add staff or open posts of the competence, let another cover it, or open the shift to it.",
        )

    def test_one_who_may_cover_is_enough(self) -> None:
        unit = people(
            BO,
            demand=[DAY | {"of_which": {"nurse": {"weekdays": 1}}}],
            competences={"nurse": {}, "aide": {"covers": ["nurse"]}},
        )
        assert case(unit).rules

    def test_a_shift_that_is_closed_to_the_competence(self) -> None:
        shifts = [SHIFTS[0] | {"competences": ["aide"]}, *SHIFTS[1:]]
        unit = people(ADA, BO, shifts=shifts, demand=[DAY | {"of_which": {"nurse": {"monday": 1}}}])
        (finding,) = impossible(unit)
        assert finding.path == ("demand", 0, "of_which", "nurse")
        assert "and 5 other days" in finding.expected

    def test_open_posts_of_other_competences_do_not_help(self) -> None:
        unit = open_unit(
            open_posts={"competences": ["aide"]}, demand=[DAY | {"of_which": {"nurse": {"monday": 1}}}]
        )
        assert impossible(unit)[0].path == ("demand", 0, "of_which", "nurse")

    def test_no_post_may_be_opened_at_all(self) -> None:
        assert impossible(open_unit(open_posts={"at_most": 0}))[0].path == ("demand", 0, "need")

    def test_said_once_for_everybody(self) -> None:
        volunteers = [SHIFTS[0] | {"volunteers_only": True}, *SHIFTS[1:]]
        unit = people(ADA, BO, shifts=volunteers, demand=[DAY | {"of_which": {"nurse": {"weekdays": 1}}}])
        assert [finding.path for finding in impossible(unit)] == [("demand", 0, "need")]


class TestNoShift:
    def test_a_time_without_a_shift(self) -> None:
        block = DAY | {"from": "02:00", "to": "15:00", "need": {"monday": 1}}
        unit = people(ADA | {"size": 100}, BO, demand=[block], shifts=SHIFTS[:2])
        assert only(refused(unit)) == (
            "demand.0",
            "expected a shift that lasts throughout the time of the block; "
            "found none on week 1 monday 02:00–07:30 and 5 other days. "
            "Add a shift for that time, cut the block where shifts change, or raise handover.at_most.",
        )

    def test_the_first_morning_of_a_plan_without_history_is_a_note(self) -> None:
        early = {"block": "early", "from": "06:00", "to": "07:30", "need": {"monday": 1}}
        unit = people(ADA, BO, demand=[early], horizon={"weeks": 3, "start": "2027-03-22"})
        assert notes(unit) == [
            "demand.0.need: expected history that says who works on 2027-03-22 06:00–07:30; "
            "found too few who started the day before. "
            "Add the last shift of those who work into the plan; until then that time counts as uncovered."
        ]


class TestWeekendRule:
    def test_a_cycle_shorter_than_the_frequency(self) -> None:
        unit = people(ADA, BO, demand=[EVERY_DAY], horizon={"weeks": 2})
        assert only(impossible(unit)) == (
            "demand.0.need",
            "expected somebody on week 1 saturday 07:45–14:45 and 3 other days; "
            "found that the weekend rule leaves nobody in 2 weeks. "
            "Choose a horizon of at least as many weeks as the rule looks at, or change the frequency.",
        )

    def test_no_weekends_at_all(self) -> None:
        unit = people(ADA, BO, demand=[EVERY_DAY])
        assert impossible(unit, "rules.set.weekend_frequency.worked=0")[0].path == ("demand", 0, "need")
        soft = "rules.set.weekend_frequency={worked: 0, strength: soft}"
        assert case(unit, soft).rules, "a soft rule forbids nothing"

    def test_one_volunteer_makes_it_possible(self) -> None:
        unit = people(
            ADA | {"accepts": {"extra_weekends": True}}, BO, demand=[EVERY_DAY], horizon={"weeks": 2}
        )
        assert case(unit).rules

    def test_a_calendar_plan_of_two_weeks_has_a_weekend(self) -> None:
        unit = people(ADA, BO, demand=[EVERY_DAY], horizon={"weeks": 2, "start": "2027-03-22"})
        assert case(unit).rules

    @pytest.mark.parametrize(("weeks", "worked"), [(4, 1), (8, 2), (16, 5)])
    def test_a_cycle_that_the_frequency_does_not_divide(self, weeks: int, worked: int) -> None:
        assert notes(small(horizon={"weeks": weeks})) == [
            "horizon.weeks: expected a number of weeks that 1 of 3 weekends divides evenly; "
            f"found {weeks} weeks, so that at most {worked} weekends of {weeks} are worked. "
            "A multiple of 3 weeks uses the rule to the full."
        ]

    def test_a_cycle_that_it_divides(self) -> None:
        assert notes(small(horizon={"weeks": 12})) == []
        two_of_five = "rules.set.weekend_frequency={worked: 2, of: 5}"
        assert notes(small(horizon={"weeks": 10}), two_of_five) == []
        assert "at most 2 weekends of 6" in notes(small(), two_of_five)[0]


class TestNobodyThere:
    def test_leave_of_everybody_is_a_note_not_an_impossibility(self) -> None:
        away = [{"from": "week 2 monday", "to": "week 2 monday"}]
        unit = people(ADA | {"leave": away}, BO | {"leave": away})
        assert notes(unit) == [
            "demand.0.need: expected somebody for week 2 monday 07:45–14:45; "
            "found that leave, forbidden shifts, fixed days off and rules leave nobody. "
            "That time will stay uncovered; open posts or other staff could fill it."
        ]

    def test_a_rule_that_forbids_the_only_shift(self) -> None:
        unit = people(ADA, BO, rules={"set": {"forbidden_sequences": {"sequences": [["D"]]}}})
        assert "leave nobody" in notes(unit)[0]


class TestWeekendsTooShort:
    """Three people who work every third weekend are one person on a Saturday."""

    STAFF = (ADA, BO, BO | {"name": "Cai"})
    NEED = (DAY | {"need": {"weekdays": 1, "saturday": 2}},)
    THIRD = "rules.set.weekend_frequency={worked: 1, of: 3}"

    def short(self, *staff: dict[str, Any], **changes: Any) -> list[str]:
        told = notes(people(*staff, demand=list(self.NEED), **changes), self.THIRD)
        return [note for note in told if "weekend rule" in note]

    def test_the_day_and_how_many_are_short(self) -> None:
        (told,) = self.short(*self.STAFF)
        assert told.startswith(
            "staff: expected people for every Saturday: 2 needed; "
            "found that the weekend rule leaves a Saturday with at most 1, 1 short."
        )

    def test_volunteers_and_those_exempt_count_as_their_own_rules_say(self) -> None:
        often = {"accepts": {"extra_weekends": True}}  # every second weekend: 1/2 + 1/3 + 1/3
        (told,) = self.short(ADA | often, *self.STAFF[1:])
        assert "with at most 1.17, 0.83 short" in told
        never = {"arrangement": {"weekend_exempt": True}}
        (told,) = self.short(ADA | never, *self.STAFF[1:])
        assert "with at most 0.67, 1.33 short" in told

    def test_enough_people_or_open_posts_have_no_note(self) -> None:
        assert self.short(*(BO | {"name": f"P{i}"} for i in range(6))) == []
        budget = {"fte": 3.0, "by_competence": {"aide": {"share_percent": 90}}}
        offered = {"competences": ["aide"]}
        assert self.short(*self.STAFF, open_posts=offered, budget=budget) == []
        assert len(self.short(*self.STAFF, open_posts=offered | {"at_most": 0}, budget=budget)) == 1


class TestPeopleWithoutShifts:
    def test_competence(self) -> None:
        shifts = [one | {"competences": ["aide"]} for one in SHIFTS]
        assert only(refused(people(ADA, BO, shifts=shifts))) == (
            "staff.0.competence",
            "expected at least one shift for Ada; found none open to nurse. "
            "Open a shift to the competence, or let the person accept long shifts.",
        )

    def test_forbidden(self) -> None:
        unit = people(ADA | {"forbidden": [{"shifts": ["any"]}]}, BO)
        assert only(refused(unit)) == (
            "staff.0.forbidden",
            "expected at least one shift for Ada; "
            "found none that leave, fixed days off and forbidden shifts leave over. "
            "Shorten what is forbidden, or register the absence as leave.",
        )

    def test_rules(self) -> None:
        unit = people(ADA, BO, rules={"profile": "aml", "set": {"max_hours_per_shift": {"longest": "5 h"}}})
        assert [finding.path for finding in refused(unit)] == [
            ("staff", 0, "forbidden"),
            ("staff", 1, "forbidden"),
        ]
        assert "found none that the rules leave over" in refused(unit)[0].found

    def test_open_posts(self) -> None:
        shifts = [one | {"competences": ["aide"]} for one in SHIFTS]
        (finding,) = refused(open_unit(shifts=shifts))
        assert finding.path == ("open_posts", "competences")
        assert finding.expected == "expected at least one shift for nurse"

    def test_leave_throughout_is_fine(self) -> None:
        away = [{"from": "week 1 monday", "to": "week 6 sunday"}]
        assert case(people(ADA | {"leave": away}, BO)).reachable_sizes == ((8000,), (5000,))


class TestSizes:
    EXACT = ('hours.under="0 min"', 'hours.over="0 min"')

    def test_unreachable_sizes_of_open_posts_are_left_out_with_a_note(self) -> None:
        """Over six weeks 213 h are 100 %; sums of 7.5 and 9.75 h meet 50, 75 and 100 % exactly."""
        found = case(open_unit(), *self.EXACT)
        assert found.reachable_sizes == ((5000, 7500, 10000),) * 2
        assert tuple(post.sizes for post in found.problem.classes) == found.reachable_sizes
        assert [note.path for note in found.notes] == [("open_posts", "sizes")] * 2
        assert found.notes[0].sentence() == (
            "open_posts.sizes: expected shifts that add up to the hours of the post, "
            "at most 0 h less or 0 h more; found no such sum for nurse: "
            "60% is 127.8 h, nearest 127.5 h and 128.25 h; 80% is 170.4 h, nearest 170.25 h and 171 h; "
            "90% is 191.7 h, nearest 191.25 h and 192 h. "
            "These sizes are left out; a wider hours.under or hours.over would keep them."
        )

    def test_no_size_at_all_is_an_error(self) -> None:
        (first, _second) = refused(open_unit(open_posts={"sizes": [60, 90]}), *self.EXACT)
        assert first.path == ("open_posts", "sizes")
        assert first.hint == "Widen hours.under or hours.over, or choose other sizes."

    def test_a_named_persons_only_size(self) -> None:
        unit = people(ADA, BO | {"size": 50})
        assert only(refused(unit, *self.EXACT)) == (
            "staff.0.size",
            "expected shifts that add up to the hours of the post, at most 0 h less or 0 h more; "
            "found no such sum for Ada: 80% is 170.4 h, nearest 170.25 h and 171 h. "
            "Widen hours.under or hours.over, or choose other sizes.",
        )

    def test_converted_hours_that_no_shifts_add_up_to(self) -> None:
        """Over six weeks 5 % are 10.08 h to 10.65 h, with 9.75 h just below."""
        unit = people(ADA | {"size": 5}, BO, hours={"full_week": "converted"})
        assert only(refused(unit, *self.EXACT))[1].startswith(
            "expected shifts that add up to the hours of the post, at most 0 h less or 0 h more; "
            "found no such sum for Ada: 5% is 10.08 h–10.65 h, nearest 9.75 h and 15 h."
        )

    def test_a_named_person_who_may_grow_to_a_reachable_size(self) -> None:
        found = case(people(ADA | {"wished_size": 100}, BO), *self.EXACT)
        assert found.reachable_sizes[0] == (10000,)
        assert [note.path for note in found.notes if note.path[-1] == "size"] == [("staff", 0, "size")]

    def test_only_the_shifts_that_one_may_work_count(self) -> None:
        """Without nights every sum is a multiple of 7.5 h."""
        no_nights = ADA | {"arrangement": {"no_nights": True}}
        (finding,) = refused(people(no_nights, BO))
        assert "80% is 170.4 h, nearest 165 h and 172.5 h" in finding.found
        assert case(people(no_nights | {"hours": {"under": "6 h"}}, BO)).rules

    def test_fixed_shifts_are_part_of_the_sum(self) -> None:
        """13 nights are 126.75 h and 106.5 h are asked for."""
        nights = [
            {
                "on": [f"week {week} {day}" for week in range(1, 7) for day in ("tuesday", "thursday")],
                "shift": "N",
            },
            {"on": ["week 1 monday"], "shift": "N"},
        ]
        assert "nearest 126.75 h" in only(refused(people(ADA, BO | {"fixed": nights})))[1]
        assert case(people(ADA, BO | {"size": 60, "fixed": nights})).rules

    def test_too_few_days_for_the_hours(self) -> None:
        away = [{"on": ["weekdays"], "shifts": ["any"]}]
        (finding,) = refused(people(ADA | {"forbidden": away}, BO))
        assert finding.found.endswith("80% is 170.4 h, nearest 117 h")


class TestNotes:
    def test_a_budget_below_the_demand(self) -> None:
        unit = people(ADA, BO, demand=[DAY | {"need": {"weekdays": 2}}])
        assert notes(unit) == [
            "staff: expected at least 2.11 FTE to pay the whole demand; found 1.3 FTE. "
            "Some demand will stay uncovered; the result says where."
        ]
        assert notes(unit, 'hours.over="4 h"') == [], "planned hours may then exceed the posts"

    def test_a_wish_for_more_without_a_budget_for_it(self) -> None:
        unit = people(ADA | {"wished_size": 100}, BO)
        assert notes(unit) == [
            "staff: expected a budget, because somebody wishes a larger post; "
            "found none, so that the staff's present sum counts. Give budget.fte to let posts grow."
        ]
        assert notes(unit | {"budget": {"fte": 1.5}}) == []

    def test_blocks_that_overlap(self) -> None:
        peak = {"block": "peak", "from": "08:00", "to": "12:00", "need": {"monday": 1}}
        assert notes(small(demand=[DAY, peak])) == [
            "demand.1: expected blocks that do not overlap; found peak inside the time of day. "
            "Each is read on its own and needs are not added; cut the blocks if you meant the sum."
        ]


def test_every_finding_has_its_place() -> None:
    findings: tuple[Finding, ...] = impossible(
        people(BO, demand=[DAY | {"of_which": {"nurse": {"monday": 1}}}])
    )
    assert [(finding.line, finding.column is not None) for finding in findings] == [(1, True)]
    assert all(note.line == 1 for note in case(small(horizon={"weeks": 4})).notes)
