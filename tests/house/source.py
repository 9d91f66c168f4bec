"""What the house tests read: the project's own files, as Git knows them."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from app.jinja import environment

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ("app/templates/", "app/partials/")
NOT_OURS = ("app/static/vendor/", "app/static/dist/", "app/static/fonts/", "app/static/icons/")

# What the kernel gives to every template, so that no fragment has to say it needs it.
ALWAYS = {
    "viewer", "may", "path", "partial", "unread", "sides", "icon", "asset", "form_key",
    "first_visit", "lite", "flashes", "demo", "has_demo_mail", "public_url", "styles",
    "icon_symbols", "drawn",
}  # fmt: skip


@cache
def files(*endings: str, under: str = "") -> tuple[str, ...]:
    """Tracked files and new ones that are not ignored, by their path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return tuple(
        path
        for path in sorted(listed)
        if path.startswith(under) and path.endswith(endings or "") and (ROOT / path).is_file()
    )


def ours(*endings: str, under: str = "") -> list[str]:
    return [path for path in files(*endings, under=under) if not path.startswith(NOT_OURS)]


@cache
def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    return ast.parse(text(path), path)


def layer(name: str) -> list[str]:
    """The Python files of one layer, such as app/actions."""
    return files(".py", under=f"{name}/")


# Templates, named as they are included: by their path below app/.


def templates(under: str = "") -> list[str]:
    return [
        path.removeprefix("app/")
        for path in files(".html")
        if path.startswith(TEMPLATES) and path.removeprefix("app/").startswith(under)
    ]


def fragments() -> list[str]:
    """Partials that are drawn: neither macros nor several regions at once."""
    return [
        name
        for name in templates("partials/")
        if not name.endswith(".swaps.html") and not template_text(name).startswith("{# macros #}")
    ]


def template_text(name: str) -> str:
    return text(f"app/{name}")


@cache
def template_tree(name: str) -> nodes.Template:
    jinja: Environment = environment()
    return jinja.parse(template_text(name), name)


@cache
def references(name: str) -> frozenset[str]:
    """The templates that this one includes, extends or imports, spelled out."""
    found = set()
    for node in template_tree(name).find_all(
        (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    ):
        for constant in [node.template, *node.template.find_all(nodes.Const)]:
            if isinstance(constant, nodes.Const) and str(constant.value).endswith(".html"):
                found.add(constant.value)
    return frozenset(found | kept(name).keys())


@cache
def kept(name: str) -> dict[str, set[str]]:
    """The templates that this one has `drawn` once, and the values each is given for that."""
    calls = [
        call
        for call in template_tree(name).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "drawn"
    ]
    return {
        template.value: {given.key for given in call.kwargs}
        for call in calls
        for template in call.args
        if isinstance(template, nodes.Const)
    }


def includes(name: str) -> set[str]:
    return {
        constant.value
        for node in template_tree(name).find_all(nodes.Include)
        for constant in [node.template, *node.template.find_all(nodes.Const)]
        if isinstance(constant, nodes.Const)
    }


@cache
def reached(name: str) -> frozenset[str]:
    """All the templates that drawing this one may draw."""
    found = {name}
    todo = [name]
    while todo:
        for other in references(todo.pop()) - found:
            found.add(other)
            todo.append(other)
    return frozenset(found)


@cache
def python_strings(under: str = "app/") -> frozenset[str]:
    return frozenset(
        node.value
        for path in files(".py", under=under)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def drawn_by_python() -> set[str]:
    """Templates that handlers, actions or the kernel name, in full or as Page and done do."""
    known = set(templates())
    spelled = {
        f"{folder}{words}{ending}"
        for words in python_strings()
        for folder in ("", "templates/", "templates/mail/", "partials/")
        for ending in ("", ".html")
        if re.fullmatch(r"[\w/.]+", words)
    }
    return known & spelled
