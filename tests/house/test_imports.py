"""Who may import whom, asked of import-linter and of the source."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath

from tests.house.source import ROOT, files, layer, ours, text, tree

LITESTAR = ("app/web/", "app/controllers/", "app/main.py")


def imported(path: str) -> set[str]:
    """Every module a file imports, with the names it takes from them."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_layers_know_only_what_is_below_them() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    said = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_part_of_the_house_has_its_row() -> None:
    rows = set(re.findall(r"\(((?:app|db)\.\w+)\)", text("pyproject.toml")))
    there = {
        ".".join(PurePosixPath(path).with_suffix("").parts[:2])
        for path in files(".py", under="app/") + files(".py", under="db/")
    }
    assert {part for part in there - rows if not part.endswith("__init__")} == {"db.migrations"}
    assert all(part in text("ARCHITECTURE.md") for part in there & rows)


def test_only_the_web_knows_litestar() -> None:
    knowing = [
        path
        for path in files(".py", under="app/") + files(".py", under="db/")
        if not path.startswith(LITESTAR)
        and any(name.split(".")[0] == "litestar" for name in imported(path))
    ]
    assert not knowing


def test_db_in_a_function_is_always_the_session() -> None:
    plain = [
        f"{path}:{node.lineno}"
        for path in ours(".py", under="app/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import) and any(alias.name == "db" for alias in node.names)
    ]
    assert not plain


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="app/") + files(".py", under="db/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and (ast.unparse(node) in ("datetime.now", "datetime.utcnow", "date.today", "time.time"))
        and path != "app/clock.py"
    ]
    assert not asking


def test_only_the_answer_reads_what_htmx_says() -> None:
    reading = [
        path
        for path in files(".py", under="app/")
        if not path.startswith("app/web/")
        and any(
            isinstance(node, ast.Constant) and str(node.value).lower().startswith("hx-")
            for node in ast.walk(tree(path))
        )
    ]
    assert not reading


def test_actions_call_each_other_in_one_direction_only() -> None:
    nouns = {PurePosixPath(path).stem: path for path in layer("app/actions")}
    graph = {
        noun: {other for other in nouns if f"app.actions.{other}" in imported(path)} - {noun}
        for noun, path in nouns.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_notifying_modules_are_imported_as_tell() -> None:
    odd = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="app/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "app.notify"
        and any(alias.asname != "tell" for alias in node.names)
    ]
    assert not odd


def test_nobody_judges_by_role_outside_access() -> None:
    """`if viewer.is_staff` in a handler or an action is a rule that escaped from the table."""
    words = {"is_staff", "staff_role", "is_moderator", "is_admin"}
    odd = [
        f"{path}:{node.lineno} {node.attr}"
        for path in layer("app/controllers") + layer("app/actions")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in words
        if isinstance(node.ctx, ast.Load)  # appointing somebody judges nobody
    ]
    assert not odd
