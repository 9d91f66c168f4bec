"""Names: the same noun in every layer, and no drawer for everything."""

import ast
import re
from pathlib import PurePosixPath

import pytest

from tests.house.source import ROOT, files, layer, ours, tree

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "services", "service"}
ALLOWED = {"db/base.py", "app/templates/layouts/base.html"}
MIRRORED = ("actions", "controllers", "forms", "notify", "jobs")
# The kernel has files in these layers too; they are no nouns.
KERNEL = {"bound", "form", "fields", "kinds", "text", "health", "static", "__init__"}


def test_no_file_is_a_drawer_for_everything() -> None:
    named = [
        path
        for path in ours()
        if {*PurePosixPath(path).parts[:-1], PurePosixPath(path).stem} & DRAWERS
    ]
    assert set(named) <= ALLOWED


def test_files_and_folders_of_code_are_lower_snake_case() -> None:
    odd = [
        path
        for path in ours(".py", ".html")
        if not re.fullmatch(r"[a-z0-9_/]+(\.swaps)?\.(py|html)", path)
    ]
    assert not odd


@pytest.mark.parametrize("name", MIRRORED)
def test_a_noun_has_its_tests_at_the_mirrored_place(name: str) -> None:
    nouns = {PurePosixPath(path).stem for path in layer(f"app/{name}")} - KERNEL
    tests = {PurePosixPath(path).stem for path in files(".py", under=f"tests/{name}/")}
    missing = {noun for noun in nouns if not {t for t in tests if t.startswith(f"test_{noun}")}}
    assert not missing, f"no tests/{name}/test_*.py for {sorted(missing)}"


def test_every_module_says_its_place_in_one_to_three_lines() -> None:
    silent = []
    for path in files(".py", under="app/") + files(".py", under="db/"):
        if path.startswith("db/migrations/versions/"):
            continue
        said = ast.get_docstring(tree(path))
        if not said:
            silent.append(path)
    assert not silent


@pytest.mark.parametrize("where", ["app/actions", "db/queries", "app/access"])
def test_public_functions_say_what_they_do_in_one_sentence(where: str) -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path in layer(where)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_handlers_are_plain_and_say_nothing_twice() -> None:
    odd = []
    for path in layer("app/controllers"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.AsyncFunctionDef):
                odd.append(f"{path}:{node.lineno} waits; handlers are plain functions")
            if (
                isinstance(node, ast.FunctionDef)
                and node.decorator_list
                and ast.get_docstring(node)
            ):
                odd.append(f"{path}:{node.lineno} {node.name} has a docstring")
    assert not odd


def test_actions_neither_commit_nor_wait() -> None:
    odd = [
        f"{path}:{node.lineno}"
        for path in layer("app/actions")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Await)
        or (isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback"))
    ]
    assert not odd


def test_the_two_commands_can_be_run() -> None:
    assert all((ROOT / name).stat().st_mode & 0o111 for name in ("run", "test", ".ci/run"))
