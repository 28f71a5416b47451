"""Checker and CP-SAT agree on every rota of several people, both ways; planted faults are noticed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.builders import DAY, EVENING, person, shift
from tests.rules.together_ways import EDGES, GroupTrial, by_checker, disagreements
from turnus.cpsat.together import GROUP_ENCODERS
from turnus.problem import Part
from turnus.rules import RULES
from turnus.rules.agreed.fair_shares import FairShares
from turnus.rules.agreed.mentor import Mentor
from turnus.rules.agreed.pairs_apart import PairsApart
from turnus.rules.agreed.pairs_together import PairsTogether
from turnus.rules.group_kinds import Apart, Balance, GroupKind, With

KARI, OLA, ADA = person("Kari"), person("Ola"), person("Ada", tags=frozenset({"guide"}))
# A shift at work 08-12 and on standby at home until midnight.
STANDBY = replace(
    shift("S", "08:00", "24:00"), parts=(Part("active", 480, 720), Part("standby", 720, 1440, 0.2))
)
# A whole day and night and half a day more: meets a shift that starts two days later, or earlier.
LONGEST = shift("W", "20:00", "12:00", end=2 * 1440 + 720)
PAIR = (("Kari", "Ola"),)

TRIALS = {
    "pairs_apart": GroupTrial(
        PairsApart(pairs=PAIR), (KARI, OLA), ("-N -D -DA - - - -N", "-D -N -D - - -N -D")
    ),
    "pairs_apart: handover": GroupTrial(
        PairsApart(pairs=PAIR, handover_minutes=15), (KARI, OLA), ("-DA -N -A - - - -", "DA -D -AN - - - -N")
    ),
    "pairs_apart: history": GroupTrial(
        PairsApart(pairs=PAIR),
        (person("Kari", history="N"), person("Ola", history="DN")),
        ("-D -N - - - - -N", "-DN -D - - - -D -N"),
    ),
    "pairs_apart: standby": GroupTrial(
        PairsApart(pairs=PAIR), (KARI, OLA), ("-S -S - - - - -", "-DA -A - - - - -"), (DAY, EVENING, STANDBY)
    ),
    "pairs_apart: two days": GroupTrial(
        PairsApart(pairs=PAIR),
        (KARI, person("Ola", history="W-", shifts=(DAY, LONGEST))),
        ("-W -D - - - -W -", "-D -W -D - - -D -W"),
        (DAY, LONGEST),
    ),
    "pairs_apart: two pairs": GroupTrial(
        PairsApart(pairs=(*PAIR, ("Ada", "Kari"))),
        (KARI, OLA, ADA),
        ("-D -DA - - - - -", "-A -D - - - - -", "-D -A - - - - -"),
    ),
    "pairs_together": GroupTrial(
        PairsTogether(pairs=PAIR), (KARI, OLA), ("-DA -D -N - - - -", "-DA -A -N - - - -D")
    ),
    "pairs_together: nights": GroupTrial(
        PairsTogether(pairs=PAIR, shifts=("night",)), (KARI, OLA), ("-DN -N - - - - -", "-DN -AN - - - - -")
    ),
    "pairs_together: leave": GroupTrial(
        PairsTogether(pairs=PAIR),
        (person("Kari", leave=frozenset({1})), person("Ola", leave=frozenset({2}))),
        ("-D - -D - - - -", "-D -D - -D - - -"),
    ),
    "mentor": GroupTrial(
        Mentor(new=("Kari",), mentors=("Ola", "guide")),
        (KARI, OLA, ADA),
        ("-DA -N - - - - -", "-D -N - - - - -", "-DA -A - - - - -"),
    ),
    "mentor: some alone": GroupTrial(
        Mentor(new=("Kari",), mentors=("Ola",), shifts=("D", "A"), alone=1),
        (KARI, OLA),
        ("-D -DA -N -D - - -", "-D -D - -A - - -"),
    ),
    "mentor: overlap": GroupTrial(
        Mentor(new=("Kari",), mentors=("Ola",), overlap_minutes=15),
        (KARI, person("Ola", history="N")),
        ("-DA -N -D - - - -N", "-DAN -DN - - - - -D"),
    ),
    # The mentor's day before the plan is not known: a night there would do.
    "mentor: unknown": GroupTrial(
        Mentor(new=("Kari",), mentors=("Ola",), overlap_minutes=15),
        (KARI, OLA),
        ("-DA -D - - - - -N", "-A -A - - - - -N"),
    ),
    "mentor: one another": GroupTrial(
        Mentor(new=("Kari", "guide"), mentors=("Ola", "guide")),
        (KARI, OLA, ADA),
        ("-D - -D - - - -", "-D - -A - - - -", "-D -D -DA - - - -"),
    ),
    "fair_shares": GroupTrial(
        FairShares(what="nights", within=1), (KARI, OLA), (" ".join(["-N"] * 7), "-DN -N -N - - - -")
    ),
    "fair_shares: sizes": GroupTrial(
        FairShares(what="evenings", within=0),
        (KARI, person("Ola", sizes=(5000,)), person("Ada", sizes=(7500,), leave=frozenset({5, 6}))),
        ("-A -A -D - - - -A", "-A -AD - - - - -A", "-A - -A - - - -"),
    ),
    "fair_shares: weekends": GroupTrial(
        FairShares(what="weekends", within=0), (KARI, OLA), ("- - - -D -N -D -D", "- - - - -DN -D -A")
    ),
    "fair_shares: some cannot": GroupTrial(
        FairShares(what="nights", within=0),
        (KARI, person("Ola", bans=frozenset((day, 3) for day in range(7))), ADA),
        ("-N -N - - - - -", "-D -D - - - - -", "-N -DN -N - - - -"),
    ),
    "fair_shares: group": GroupTrial(
        FairShares.model_validate({"what": "nights", "within": 0, "for": ["Kari", "guide"]}),
        (KARI, OLA, ADA),
        ("-N -N - - - - -", "-N - - - - - -", "-N -DN -N - - - -"),
    ),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", TRIALS)
def test_checker_and_cpsat_agree_on_every_rota(name: str, edge: str) -> None:
    assert disagreements(TRIALS[name], edge) == {}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("fixed", [{0}, {1}, {0, 1}])
@pytest.mark.parametrize("name", ["pairs_apart: history", "mentor: overlap", "pairs_together: leave"])
def test_they_agree_when_lines_are_fixed(name: str, fixed: set[int], edge: str) -> None:
    assert disagreements(TRIALS[name], edge, fixed=frozenset(fixed)) == {}


@pytest.mark.parametrize("fixed", [{0}, {0, 1, 2}])
def test_a_share_is_read_from_fixed_lines_too(fixed: set[int]) -> None:
    assert disagreements(TRIALS["fair_shares: sizes"], "cycle", fixed=frozenset(fixed)) == {}


@pytest.mark.parametrize("name", TRIALS)
def test_the_trial_has_rotas_that_keep_the_rule_and_rotas_that_break_it(name: str) -> None:
    counts = set(by_checker(TRIALS[name], "cycle").values())
    assert 0 in counts
    assert max(counts) > 0


def moved(kind: GroupKind) -> Iterator[tuple[str, GroupKind]]:
    """Yield faults: a bound moved by one, one meeting, person or day forgotten."""
    match kind:
        case Apart():
            for meeting in sorted(kind.meetings):
                yield f"without {meeting}", replace(kind, meetings=kind.meetings - {meeting})
            yield "a day later", replace(kind, meetings=frozenset((a, d + 1, b) for a, d, b in kind.meetings))
        case With():
            yield "most+1", replace(kind, most=kind.most + 1)
            yield "without a mentor", replace(kind, others=kind.others[:-1])
            yield "without a shift", replace(kind, when=kind.when - {min(kind.when)})
            yield "a day forgotten", replace(kind, days=kind.days - {0})
            met = tuple(frozenset(one for one in company if one[0] == 0) for company in kind.company)
            yield "the same day only", replace(kind, company=met)
        case Balance():
            yield "within+1", replace(kind, within=kind.within + 1)
            if kind.within:
                yield "within-1", replace(kind, within=kind.within - 1)
            yield "leave forgotten", replace(kind, present=(7,) * len(kind.present))
            yield "a cell forgotten", replace(kind, cells=kind.cells - {(0, min(a for _, a in kind.cells))})


FAULTS = [
    ("pairs_apart", "without (1, 0, 1)"),
    ("pairs_apart", "without (3, 1, 1)"),
    ("pairs_apart", "without (1, -1, 3)"),
    ("pairs_apart", "a day later"),
    ("pairs_apart: two days", "without (2, 2, 1)"),
    ("pairs_apart: two days", "without (1, -2, 2)"),
    ("pairs_together", "without a shift"),
    ("pairs_together", "most+1"),
    ("mentor", "without a mentor"),
    ("mentor", "a day forgotten"),
    ("mentor: some alone", "most+1"),
    ("mentor: overlap", "the same day only"),
    ("fair_shares", "within+1"),
    ("fair_shares", "within-1"),
    ("fair_shares", "a cell forgotten"),
    ("fair_shares: sizes", "leave forgotten"),
]


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_planted_fault_is_noticed(name: str, fault: str) -> None:
    trial = TRIALS[name]
    first, *others = trial.rule.lower_together(trial.unit("cycle"))
    wrong = disagreements(trial, "cycle", (dict(moved(first))[fault], *others))
    assert set(wrong) == {"soft", "hard"}


def test_every_rule_over_several_people_is_tried_and_every_kind_encoded() -> None:
    assert {rule.id for rule in RULES if rule.lowering == "together"} == {
        trial.rule.id for trial in TRIALS.values()
    }
    kinds = {
        type(kind) for trial in TRIALS.values() for kind in trial.rule.lower_together(trial.unit("plan"))
    }
    assert kinds == set(GROUP_ENCODERS)
