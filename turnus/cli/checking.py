"""`turnus check`: any rota against the rules of a scenario, or the proof of its bounds, without solving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnus.cli.exits import DONE, HARD_BREACHES, NOTHING_FOUND, put
from turnus.cli.words import UsageProblem, refuse_number
from turnus.texts import _, up_to

if TYPE_CHECKING:
    from turnus.audit import Audit
    from turnus.case import Case
    from turnus.errors import Finding
    from turnus.problem import Rota
    from turnus.verify import Verification

CHECK_SCHEMA = "turnus-check/1"
PROOF_SCHEMA = "turnus-proof-check/1"


def check_file(
    path: Path,
    rota_path: Path | None,
    proof_path: Path | None,
    overrides: Sequence[str],
    seconds: float,
    *,
    as_json: bool,
) -> int:
    """Check a rota, or with `--proof` the bounds of a result; exactly one of the two must be given."""
    if proof_path is not None and rota_path is None:
        return check_proof(path, proof_path, overrides, seconds, as_json=as_json)
    if proof_path is None and rota_path is not None:
        return check_rota(path, rota_path, overrides, as_json=as_json)
    raise UsageProblem(_("give either a rota or --proof with a result.json"))


def check_rota(path: Path, rota_path: Path, overrides: Sequence[str], *, as_json: bool) -> int:
    """Audit a rota, show what was found and return 4 when a hard rule is broken."""
    from turnus.audit import audit
    from turnus.case import load_case
    from turnus.formats import to_json
    from turnus.formats.rota_reading import read_written_rota
    from turnus.result.free_codes import free_code_notes

    case = load_case(path, overrides)
    written = read_written_rota(rota_path, case.problem)
    rota = written.rota
    found = audit(case.problem, case.rules, rota)
    notes = free_code_notes(case.problem, case.rules, rota, written.off_codes, written.file_lines)
    if as_json:
        put(to_json(check_document(case, rota, rota_path, found, notes)))
    else:
        from turnus.cli.summary import show_check

        show_check(case, rota, found, notes)
    return HARD_BREACHES if found.hard else DONE


def check_document(
    case: Case, rota: Rota, rota_path: Path, found: Audit, notes: Sequence[Finding] = ()
) -> dict[str, Any]:
    """Return the check as data, with the parts of `result.json` that a rota alone can fill."""
    from turnus.goals import UNITS, coverage, goal_values, heltid
    from turnus.result.document import audit_part, coverage_part, finding_part, posts_part

    problem = case.problem
    values = goal_values(problem, case.rules, rota)
    return {
        "schema": CHECK_SCHEMA,
        "lawful": not found.hard,
        "audit": audit_part(problem, case.rules, found),
        "notes": [finding_part(note) for note in notes],
        "goals": [{"id": goal, "value": values[goal], "unit": UNITS[goal]} for goal in problem.goals],
        "heltid": asdict(heltid(problem, rota.posts, rota)),
        "coverage": coverage_part(problem, coverage(problem, rota)),
        "posts": posts_part(problem, rota),
        "rota": str(rota_path),
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
    }


def check_proof(
    path: Path, proof_path: Path, overrides: Sequence[str], seconds: float, *, as_json: bool
) -> int:
    """Re-derive the bounds of a result; return 0 when all are, 3 when time ran out and 4 when refuted."""
    from turnus.case import load_case
    from turnus.verify import DERIVED, REFUTED, read_record, verify

    if not 0 < seconds < float("inf"):
        raise refuse_number("time")
    case = load_case(path, overrides)
    found = verify(case, read_record(proof_path, case), seconds)
    if as_json:
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
        "seconds": round(found.seconds, 3),
        "proof": str(proof_path),
        "scenario": {"name": case.scenario.name, "sha256": case.sha256},
    }


def proof_lines(case: Case, found: Verification) -> list[str]:
    """Return the check of a proof as lines for people: the goals, what was found, what was left out."""
    from turnus.goals import UNITS
    from turnus.result import rulebook
    from turnus.result.words import amount_or_unknown, goal_title

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
    if not found.goals:
        lines.append(_("The result states no bound on posts."))
    questions = sum(cut.claims for cut in found.cuts)
    text = _("Cuts: {cuts}; questions about lines: {questions}; {seconds} s.")
    lines.append(text.format(cuts=len(found.cuts), questions=questions, seconds=up_to(found.seconds, 1)))
    return lines
