"""Small files, small functions, small folders: so that a reader sees the whole of one."""

import ast
from collections import Counter
from pathlib import PurePosixPath

from tests.house.source import files, ours, text, tree

CEILING = 300
BUDGETS = {
    "app/web/": 150,
    "app/access/": 250,
    "app/forms/": 150,
    "app/actions/": 250,
    "app/notify/": 150,
    "app/mail/": 150,
    "app/jobs/": 150,
    "app/controllers/": 200,
    "app/templates/": 120,
    "app/partials/": 80,
    "db/models/": 150,
    "db/queries/": 200,
}
# Written by a tool, once, and never read again from top to bottom.
UNBOUNDED = ("db/migrations/versions/",)
FUNCTION = 40
FOLDER = 110  # a file or two for each noun, and there are about seventy
NO_BUDGET_FOLDERS = {"app/static/icons", "docs/screenshots"}


def budget(path: str) -> int:
    return next((lines for layer, lines in BUDGETS.items() if path.startswith(layer)), CEILING)


def test_files_keep_to_the_budgets_of_their_layers() -> None:
    long = {
        path: lines
        for path in ours(".py", ".html", ".js")
        if not path.startswith(UNBOUNDED) and (lines := len(text(path).splitlines())) > budget(path)
    }
    assert not long, "split them by noun"


def test_the_kernel_stays_small() -> None:
    lines = sum(len(text(path).splitlines()) for path in files(".py", under="app/web/"))
    assert lines <= 2630, f"app/web has {lines} lines"


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in ours(".py"):
        if path.startswith(UNBOUNDED):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION:
                    long.append(f"{path}:{node.lineno} {node.name} has {lines} lines")
    assert not long


def test_no_handler_is_longer_than_fifteen_lines() -> None:
    long = []
    for path in files(".py", under="app/controllers/"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                lines = (node.end_lineno or 0) - node.body[0].lineno + 1
                if lines > 15:
                    long.append(f"{path}:{node.lineno} {node.name} has {lines} lines")
    assert not long


def test_no_folder_is_crowded() -> None:
    folders = Counter(str(PurePosixPath(path).parent) for path in ours())
    crowded = {
        folder: count
        for folder, count in folders.items()
        if count > FOLDER and folder not in NO_BUDGET_FOLDERS
    }
    assert not crowded
