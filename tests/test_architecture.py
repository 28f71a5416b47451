"""Who may import whom, what the package shows, and what no file may hold.

The layers stand in LAYERS in the order in which data moves through them. The
rules work on source text, so they hold for code that no other test runs, and
each is itself tested on a planted fault.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

import turnus

ROOT = Path(__file__).resolve().parents[1]

# A unit is a module or a package directly under turnus/; PACKAGE is turnus/__init__.py itself.
PACKAGE = "turnus"
VERBS = frozenset(
    "bench cards check compare cost explain frontier lever monitor need price recruit stress "
    "verify year".split()
)
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"scenario"}),
    frozenset({"problem"}),
    frozenset({"rules"}),
    frozenset({"case"}),
    frozenset({"audit", "goals"}),
    frozenset({"lines"}),
    frozenset({"posts"}),
    frozenset({"rota"}),
    frozenset({"result"}),
    frozenset({"solve"}),
    VERBS,
    frozenset({"formats"}),
    frozenset({"dialogue"}),
    frozenset({"jobs"}),
    frozenset({PACKAGE}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
RANK = {unit: rank for rank, units in enumerate(LAYERS) for unit in units}

# Everyone may import the leaves; they import no layer.
LEAVES = frozenset({"errors", "texts", "clock"})

# cpsat stands beside lines: it reads what lines may read, and few may use it,
# inside functions only, so that most runs never load OR-Tools; case places movable tasks by it.
CPSAT = "cpsat"
CPSAT_USERS = frozenset({"case", "posts", "rota", "solve", "dialogue"}) | VERBS

ENGINES = frozenset({"lines", "posts", "rota"})
ONLY_IN = {
    "ortools": frozenset({CPSAT}),
    "highspy": ENGINES,
    "numba": ENGINES,
    "llvmlite": ENGINES,
}
NEVER = frozenset({"api", "benchmarks", "scenarios", "tests"})
NOT_IN = {"pydantic": frozenset({"problem"})}

# Written in parts, so that this file passes its own test.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)

Sources = dict[str, str]


@dataclass(frozen=True)
class Import:
    """One imported module; `lazy` when it is not loaded with the importing module."""

    module: str
    line: int
    lazy: bool


def sources_of(folder: str) -> Sources:
    """Each Python file under a top-level folder, by its path from the root."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def unit_of(path: str) -> str:
    """`turnus/lines/kernel.py` and `turnus/lines/__init__.py` belong to `lines`."""
    parts = Path(path).with_suffix("").parts
    return PACKAGE if parts[1] == "__init__" else parts[1]


def unit_imported(module: str) -> str | None:
    """The unit of turnus that a module name leads to, if any."""
    parts = module.split(".")
    if parts[0] != "turnus":
        return None
    return parts[1] if len(parts) > 1 else PACKAGE


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def imports_in(node: ast.AST, units: frozenset[str], *, lazy: bool = False) -> Iterator[Import]:
    """Every absolute import below a node, wherever it stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, lazy)
        elif isinstance(child, ast.ImportFrom) and child.level == 0 and child.module is not None:
            for alias in child.names:
                is_unit = child.module == "turnus" and alias.name in units
                yield Import(f"turnus.{alias.name}" if is_unit else child.module, child.lineno, lazy)
        else:
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_in(child, units, lazy=lazy or inner or is_type_checking(child))


def imports_of(sources: Sources) -> Iterator[tuple[str, Import]]:
    units = frozenset(unit_of(path) for path in sources) | RANK.keys() | LEAVES | {CPSAT}
    for path, text in sources.items():
        for found in imports_in(ast.parse(text, path), units - {PACKAGE}):
            yield path, found


def why_not(importer: str, imported: str, *, lazy: bool) -> str | None:
    """Say why one unit may not import another, or None where it may."""
    if importer == imported or imported in LEAVES or {importer, imported} <= VERBS:
        return None
    if importer in LEAVES:
        return "the shared leaf modules import no layer"
    if imported == CPSAT:
        if importer not in CPSAT_USERS:
            return "only case, posts, rota, solve and the verbs use cpsat"
        return None if lazy else "cpsat is imported inside the function that needs it"
    if importer == CPSAT:
        return None if RANK[imported] < RANK["lines"] else "cpsat stands beside lines"
    return None if RANK[imported] < RANK[importer] else "a layer imports only what stands before it"


def direction_breaches(sources: Sources) -> Iterator[str]:
    known = RANK.keys() | LEAVES | {CPSAT}
    for path in sources:
        if unit_of(path) not in known:
            yield f"{path}: give turnus.{unit_of(path)} its place in LAYERS of tests/test_architecture.py"
    for path, found in imports_of(sources):
        importer, imported = unit_of(path), unit_imported(found.module)
        if imported is None or importer not in known:
            continue
        if imported not in known:
            yield f"{path}:{found.line}: {found.module} has no place in LAYERS"
        elif reason := why_not(importer, imported, lazy=found.lazy):
            yield f"{path}:{found.line}: {importer} imports {imported}: {reason}"


def library_breaches(sources: Sources) -> Iterator[str]:
    for path, found in imports_of(sources):
        unit, library = unit_of(path), found.module.split(".")[0]
        where = f"{path}:{found.line}: {unit} imports {library}"
        if library in NEVER:
            yield f"{where}: the package imports nothing that stands beside it"
        if library in ONLY_IN and unit not in ONLY_IN[library]:
            yield f"{where}: only {', '.join(sorted(ONLY_IN[library]))} may"
        if unit in NOT_IN.get(library, ()):
            yield f"{where}: it must not"


def relative_import_breaches(sources: Sources) -> Iterator[str]:
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{path}:{node.lineno}: relative import"


def docstring_and_print_breaches(sources: Sources) -> Iterator[str]:
    for path, text in sources.items():
        tree = ast.parse(text, path)
        if not ast.get_docstring(tree):
            yield f"{path}: no module docstring"
        if unit_of(path) == "cli":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                yield f"{path}:{node.lineno}: print() outside cli"


def assigned(node: ast.stmt) -> Iterator[str]:
    """The names that one statement assigns, if it is an assignment."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        for name in ast.walk(node):
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                yield name.id


def exported(tree: ast.Module) -> list[str] | None:
    """What `__all__` lists; None where a module has none."""
    for node in tree.body:
        if "__all__" in assigned(node) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            return list(ast.literal_eval(node.value))
    return None


def bound_names(statements: list[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """Names bound at module level, and whether they are turnus's own."""
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, True
        elif isinstance(node, ast.ImportFrom):
            own = (node.module or "").split(".")[0] == "turnus"
            yield from ((alias.asname or alias.name, own) for alias in node.names)
        elif isinstance(node, ast.If) and is_type_checking(node):
            yield from bound_names(node.body)
        else:
            yield from ((name, True) for name in assigned(node))


def sort_key(name: str) -> tuple[int, list[tuple[bool, int, str]]]:
    """CONSTANTS, then Classes, then the rest, each in natural order, as ruff sorts `__all__`."""
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    chunks = re.findall(r"\d+|\D+", name)
    return kind, [(not chunk.isdigit(), int(chunk) if chunk.isdigit() else 0, chunk) for chunk in chunks]


def export_breaches(sources: Sources) -> Iterator[str]:
    for path, text in sources.items():
        if Path(path).name != "__init__.py":
            continue
        tree = ast.parse(text, path)
        names = exported(tree)
        if names is None:
            if unit_of(path) == PACKAGE:
                yield f"{path}: no __all__"
            continue
        bound = list(bound_names(tree.body))
        if names != sorted(set(names), key=sort_key):
            yield f"{path}: __all__ is not sorted, or names something twice"
        for name in sorted(set(names) - {name for name, _ in bound}):
            yield f"{path}: __all__ names {name}, which the module does not have"
        for name in sorted({name for name, own in bound if own and name[0] != "_"} - set(names)):
            yield f"{path}: {name} is public and missing from __all__"


def api_breaches(api: Sources, public: list[str]) -> Iterator[str]:
    """The service is written against what turnus shows, and nothing behind it."""
    for path, text in api.items():
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.Import):
                hidden = [name.name for name in node.names if name.name.startswith("turnus.")]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "turnus":
                shown = public if node.module == "turnus" else []
                hidden = [f"{node.module}.{name.name}" for name in node.names if name.name not in shown]
            else:
                continue
            for name in hidden:
                yield f"{path}:{node.lineno}: {name} is not a public name of turnus"


def registry_breaches(texts: Sources) -> Iterator[str]:
    for path, text in texts.items():
        for host in REGISTRY_HOSTS:
            if host in text.lower():
                yield f"{path}: names {host}"


def tracked_texts() -> Sources:
    """Every text file that is in git or about to be; in an unpacked archive, every text file."""
    if (ROOT / ".git").exists():
        listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *listing]
        names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
        paths = [ROOT / name for name in names if name]
    else:
        paths = [path for path in ROOT.rglob("*") if ".venv" not in path.parts]
    raw = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return {name: data.decode("utf-8") for name, data in raw.items() if b"\0" not in data}


def report(breaches: Iterator[str]) -> str:
    return "\n".join(breaches)


TREE_RULES = (
    direction_breaches,
    library_breaches,
    relative_import_breaches,
    docstring_and_print_breaches,
    export_breaches,
)


@pytest.mark.parametrize("rule", TREE_RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Any) -> None:
    assert report(rule(sources_of("turnus"))) == ""


def test_units_do_not_import_each_other_in_a_ring() -> None:
    graph: dict[str, set[str]] = {}
    for path, found in imports_of(sources_of("turnus")):
        imported = unit_imported(found.module)
        if imported is not None and imported != unit_of(path):
            graph.setdefault(unit_of(path), set()).add(imported)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the ring


def test_every_public_name_can_be_had() -> None:
    assert [name for name in turnus.__all__ if not hasattr(turnus, name)] == []


def test_api_uses_only_public_names() -> None:
    assert report(api_breaches(sources_of("api"), turnus.__all__)) == ""


def test_no_tracked_file_names_a_registry_host() -> None:
    assert report(registry_breaches(tracked_texts())) == ""


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert turnus.__version__ == project["version"]
    assert f"\nversion: {project['version']}\n" in citation


PLANTED = [
    (direction_breaches, "turnus/problem.py", "from turnus.rules import RULES", "what stands before it"),
    (direction_breaches, "turnus/audit.py", "import turnus.goals.values", "what stands before it"),
    (direction_breaches, "turnus/rota/search.py", "from turnus import solve", "rota imports solve"),
    (direction_breaches, "turnus/result.py", "from turnus import __version__", "result imports turnus"),
    (direction_breaches, "turnus/errors.py", "from turnus.problem import Problem", "leaf modules"),
    (direction_breaches, "turnus/lines/kernel.py", "def f():\n import turnus.cpsat", "use cpsat"),
    (direction_breaches, "turnus/solve.py", "from turnus.cpsat import model", "inside the function"),
    (direction_breaches, "turnus/cpsat/model.py", "from turnus.lines import kernel", "beside lines"),
    (direction_breaches, "turnus/novel.py", "", "give turnus.novel its place"),
    (direction_breaches, "turnus/cli.py", "import turnus.novel", "no place"),
    (library_breaches, "turnus/rules/rest.py", "from ortools.sat.python import cp_model", "only cpsat may"),
    (library_breaches, "turnus/solve.py", "def f():\n import highspy", "only lines, posts, rota may"),
    (library_breaches, "turnus/goals/heads.py", "if True:\n from numba import njit", "only lines"),
    (library_breaches, "turnus/problem.py", "from pydantic import BaseModel", "must not"),
    (library_breaches, "turnus/cli.py", "import api.app", "beside it"),
    (relative_import_breaches, "turnus/rules/rest.py", "from .base import Rule", "relative"),
    (docstring_and_print_breaches, "turnus/clock.py", "x = 1", "no module docstring"),
    (docstring_and_print_breaches, "turnus/solve.py", '"""S."""\nprint(1)', "print() outside cli"),
    (export_breaches, "turnus/__init__.py", "", "no __all__"),
    (export_breaches, "turnus/__init__.py", "__all__ = ['b', 'A']\nA = b = 1", "not sorted"),
    (export_breaches, "turnus/__init__.py", "__all__ = ['b']", "does not have"),
    (export_breaches, "turnus/rules/__init__.py", "__all__ = []\nRULES: tuple = ()", "RULES is public"),
    (registry_breaches, "README.md", "https://" + REGISTRY_HOSTS[0] + "/project", "names"),
]


@pytest.mark.parametrize(("rule", "path", "text", "expected"), PLANTED)
def test_a_planted_fault_is_found(rule: Any, path: str, text: str, expected: str) -> None:
    assert expected in report(rule({path: text}))


ALLOWED = [
    ("turnus/rules/rest.py", "from turnus import errors, texts\nfrom turnus.problem import Problem"),
    ("turnus/posts/plan.py", "import highspy\ndef f():\n from turnus.cpsat import conflict"),
    ("turnus/cpsat/model.py", "import ortools\nfrom turnus.goals import values"),
    ("turnus/frontier.py", "from turnus.price import price\nfrom turnus.solve import solve"),
    ("turnus/cli.py", "import turnus\nfrom turnus import __version__, solve\nprint(1)"),
    ("turnus/__init__.py", "from turnus.solve import solve\n__all__ = ['solve']"),
]


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_the_layers_allow_passes(path: str, text: str) -> None:
    sources = {path: f'"""D."""\n{text}'}
    assert [breach for rule in TREE_RULES for breach in rule(sources)] == []


def test_api_may_not_reach_behind_the_public_names() -> None:
    text = "import turnus\nfrom turnus import solve, hidden\nfrom turnus.rota import search"
    found = list(api_breaches({"api/app.py": text}, ["solve"]))
    assert [line.split(": ")[1].split()[0] for line in found] == ["turnus.hidden", "turnus.rota.search"]
