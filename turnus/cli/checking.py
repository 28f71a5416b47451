"""`turnus check`: any rota against a scenario or a profile, or the proof of its bounds, without solving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, HARD_BREACHES, NOTHING_FOUND, put
from turnus.cli.files import refuse_overwriting, unwritable
from turnus.cli.words import UsageProblem, refuse_number
from turnus.errors import InputError
from turnus.texts import _, up_to

if TYPE_CHECKING:
    from turnus.case import Case
    from turnus.formats.rota_check import CheckedRota
    from turnus.verify import Verification

PROOF_SCHEMA = "turnus-proof-check/1"


@dataclass(frozen=True)
class CheckRequest:
    """What was asked for: the file, what to check with it, and how to answer."""

    path: Path
    rota: Path | None = None
    proof: Path | None = None
    profile: str | None = None
    overrides: Sequence[str] = ()
    seconds: float = 120.0
    as_json: bool = False
    html: Path | None = None
    draft: bool = False


def check_file(request: CheckRequest) -> int:
    """Check a rota against a scenario or a profile, or the bounds of a result; exactly one of the three."""
    _refuse_mixtures(request)
    if request.html is not None:
        refuse_overwriting((request.html,), (request.path, request.rota))
    if request.profile is not None:
        return check_alone(request, request.profile)
    if request.proof is not None:
        return check_proof(request, request.proof)
    assert request.rota is not None
    return check_rota(request, request.rota)


def _refuse_mixtures(request: CheckRequest) -> None:
    asked = [request.rota, request.proof, request.profile]
    if request.profile is not None and (len([one for one in asked if one]) > 1 or request.overrides):
        raise UsageProblem(_("with --profile give one file, which holds shifts, staff and rota; no --set"))
    if len([one for one in asked if one is not None]) != 1:
        raise UsageProblem(_("give either a rota or --proof with a result.json"))
    if request.profile is not None and request.draft:
        raise UsageProblem(_("--draft is for a scenario, whose values may lack an agreement"))
    if request.proof is not None and request.html is not None:
        raise UsageProblem(_("--html is for a rota, not for --proof"))


def check_rota(request: CheckRequest, rota_path: Path) -> int:
    """Audit a rota, show what was found and return 4 when a hard rule is broken."""
    from turnus.case import load_case
    from turnus.formats import rota_check, rota_reading, rota_text

    case = load_case(request.path, request.overrides, to_check=True, draft=request.draft)
    raw = rota_text.bytes_of(rota_path, rota_reading.MOST_MEGABYTES)
    is_json = rota_path.suffix.lower() == ".json"
    return _answer(request, rota_check.check_rota(case, raw, is_json=is_json, source=str(rota_path)))


def check_alone(request: CheckRequest, profile: str) -> int:
    """Audit a rota that comes without a scenario; return 4 when a hard rule is broken."""
    from turnus.formats import rota_check, rota_file, rota_text
    from turnus.rules.catalogue import profile_named

    known = profile_named(profile).id
    raw = rota_text.bytes_of(request.path, rota_file.MOST_MEGABYTES)
    return _answer(request, rota_check.check_rota_alone(raw, known, source=str(request.path)))


def _answer(request: CheckRequest, checked: CheckedRota) -> int:
    """Put the answer on stdout and, with `--html`, in a file."""
    from turnus.formats.json import to_json, write_whole

    if request.html is not None:
        try:
            write_whole(request.html, checked.html().encode("utf-8"))
        except OSError as error:
            raise InputError([unwritable(error)], str(request.html)) from None
    if request.as_json:
        put(to_json(checked.document()))
    else:
        from turnus.cli.check_summary import show_check

        show_check(checked.case, checked.written.rota, checked.found, checked.check, checked.notes,
                   sized=not checked.unsized)  # fmt: skip
    return DONE if checked.passes else HARD_BREACHES


def check_proof(request: CheckRequest, proof_path: Path) -> int:
    """Re-derive the bounds of a result; return 0 when all are, 3 when time ran out and 4 when refuted."""
    from turnus.case import load_case
    from turnus.verify import DERIVED, REFUTED, read_record, verify

    if not 0 < request.seconds < float("inf"):
        raise refuse_number("time")
    case = load_case(request.path, request.overrides, draft=request.draft)
    found = verify(case, read_record(proof_path, case), request.seconds)
    if request.as_json:
        from turnus.formats import to_json

        put(to_json(proof_document(case, proof_path, found)))
    else:
        put("".join(f"{line}\n" for line in proof_lines(case, found)))
    return {DERIVED: DONE, REFUTED: HARD_BREACHES}.get(found.verdict, NOTHING_FOUND)


def proof_document(case: Case, proof_path: Path, found: Verification) -> dict[str, Any]:
    """Return the check of a proof as data."""
    return {
        "schema": PROOF_SCHEMA,
        "verdict": found.verdict,
        "goals": [asdict(goal) | {"found": goal.found or None} for goal in found.goals],
        "cuts": [asdict(cut) | {"found": list(cut.found)} for cut in found.cuts],
        "left_out": list(found.left_out),
        "conditions": [
            {"goal": goal, "bound": side, "value": value} for goal, side, value in found.conditions
        ],
        "seconds": round(found.seconds, 3),
        "proof": str(proof_path),
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
    }


def proof_lines(case: Case, found: Verification) -> list[str]:
    """Return the check of a proof as lines for people: the goals, what was found, what was left out."""
    from turnus.goals import UNITS
    from turnus.result import rulebook
    from turnus.result.words import amount_or_unknown, condition_phrase, goal_title

    lines = []
    for goal in found.goals:
        bound = amount_or_unknown(goal.bound, UNITS[goal.goal])
        text = _("{goal}: bound {bound} – {verdict}")
        line = text.format(goal=goal_title(goal.goal), bound=bound, verdict=_(goal.verdict))
        lines.append(f"{line}: {goal.found}" if goal.found else line)
    for number, cut in enumerate(found.cuts, start=1):
        verdict = _(cut.verdict)
        lines += [
            _("Cut {n} – {verdict}: {found}").format(n=number, verdict=verdict, found=one)
            for one in cut.found
        ]
    titles = rulebook.titles(case.rules)
    if found.left_out:
        names = ", ".join(titles.get(rule, rule) for rule in found.left_out)
        lines.append(_("Left out, which only makes the bounds weaker: {rules}.").format(rules=names))
    if found.conditions:
        told = ", ".join(condition_phrase(*one) for one in found.conditions)
        lines.append(_("The bounds hold under these conditions alone: {conditions}.").format(conditions=told))
    if not found.goals:
        lines.append(_("The result states no bound on posts."))
    questions = sum(cut.claims for cut in found.cuts)
    text = _("Cuts: {cuts}; questions about lines: {questions}; {seconds} s.")
    lines.append(text.format(cuts=len(found.cuts), questions=questions, seconds=up_to(found.seconds, 1)))
    return lines
