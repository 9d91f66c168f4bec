"""Every SELECT has a name: it lives in db/queries, or in app/access as a scope or a lock."""

import ast

from tests.house.source import files, tree

HOME = ("db/queries/", "db/seeds/", "db/migrations/", "db/migrate.py", "app/access/scopes.py",
        "app/access/request_scopes.py", "app/access/contract_scopes.py",
        "app/access/locks.py", "app/access/rows.py")  # fmt: skip
# The one way to a thing, `request.allowed`, starts from the scope of its model, and on a write
# holds the row that locks.py names for it.
# What is read with every row of a table starts from the table.
KERNEL = {"app/web/things.py", "db/models/threads.py"}
CALLS = {"select", "query", "scalars", "exists"}
WORDS = ("select ", "with ", "insert ", "update ", "delete ")


def is_select(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        name = node.func.id
    elif isinstance(node.func, ast.Attribute):
        name = node.func.attr
        if name == "query" and ast.unparse(node.func.value).endswith("request"):
            return False  # a word of the address
        if name == "exists":
            return False  # asked of a file; of a query, it stands behind a select
    else:
        return False
    if name == "text" and node.args and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value).lower().lstrip().startswith(WORDS)
    return name in CALLS


def test_no_select_stands_outside_the_queries() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="app/") + files(".py", under="db/")
        if not path.startswith(HOME) and path not in KERNEL
        for node in ast.walk(tree(path))
        if is_select(node)
    ]
    assert not strays


def test_relations_never_load_by_themselves() -> None:
    quiet = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="db/models/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "relationship"
        and not any(
            word.arg == "lazy" and ast.unparse(word.value) in ("'raise'", "'write_only'")
            for word in node.keywords
        )
    ]
    assert not quiet


def test_a_table_is_taken_once_more_by_one_door_only() -> None:
    """One made elsewhere may be half read when a second thread comes; see db/aliases.py."""
    strays = [
        path
        for path in files(".py", under="app/") + files(".py", under="db/")
        if path != "db/aliases.py" and "aliased(" in ast.unparse(tree(path))
    ]
    assert not strays
