"""Every template compiles, is used, says what it needs, and keeps to the manners of the house."""

import ast
import re

import pytest
from jinja2 import meta, nodes

from app.jinja import environment
from tests.house.source import (
    ALWAYS,
    drawn_by_python,
    files,
    fragments,
    includes,
    kept,
    python_strings,
    reached,
    references,
    template_text,
    template_tree,
    templates,
    tree,
)

NEEDS = re.compile(r"\{# needs:\s*([\w, ]*?)\s*#\}")
# Reviewed one by one: what may be put into a page without escaping. Nothing, so far.
SAFE: set[str] = set()


def declared(name: str) -> set[str]:
    found = NEEDS.match(template_text(name))
    assert found, f"{name} does not begin with {{# needs: ... #}}"
    return {word.strip() for word in found[1].split(",") if word.strip()}


def own(name: str) -> set[str]:
    # A name set in both branches of an if counts as undeclared for Jinja.
    made = {
        target.name
        for node in template_tree(name).find_all(nodes.Assign)
        for target in [node.target, *node.target.find_all(nodes.Name)]
        if isinstance(target, nodes.Name)
    }
    fresh = environment().parse(template_text(name))  # finding folds the constants of a tree
    return meta.find_undeclared_variables(fresh) - ALWAYS - made


def optional(name: str) -> set[str]:
    """Variables that are only ever asked for with a default, or for being there."""
    names = [node for node in template_tree(name).find_all(nodes.Name) if node.ctx == "load"]
    forgiven: list[nodes.Node] = []
    for found in template_tree(name).find_all((nodes.Filter, nodes.Test)):
        if found.name in ("default", "d", "defined") and isinstance(found.node, nodes.Name):
            forgiven.append(found.node)
    return {node.name for node in forgiven} - {n.name for n in names if n not in forgiven}


def assigned(name: str) -> set[str]:
    return {n.name for n in template_tree(name).find_all(nodes.Name) if n.ctx in ("store", "param")}


def needed(name: str) -> tuple[set[str], set[str]]:
    """What must and what may be there: its own, and its includes' that it does not set."""
    must, may = own(name) - optional(name), own(name)
    for other in includes(name):
        if other.endswith(".html") and other != name:
            below, around = needed(other)
            must |= below - assigned(name)
            may |= around
    return must, may


@pytest.mark.parametrize("name", templates())
def test_every_template_compiles(name: str) -> None:
    environment().get_template(name)


@pytest.mark.parametrize("name", fragments())
def test_a_fragment_says_what_it_needs(name: str) -> None:
    must, may = needed(name)
    said = declared(name)
    assert not must - said, f"{name} does not say that it needs {sorted(must - said)}"
    assert not said - may, f"{name} says it needs {sorted(said - may)} and does not use them"


KEPT = [(name, other, given) for name in templates() for other, given in kept(name).items()]


@pytest.mark.parametrize(("name", "other", "given"), KEPT)
def test_what_is_drawn_once_depends_on_what_it_is_given_only(
    name: str, other: str, given: set[str]
) -> None:
    read = {
        value
        for inside in reached(other)
        if not template_text(inside).startswith("{# macros #}")
        for value in meta.find_undeclared_variables(environment().parse(template_text(inside)))
    }
    around = read & ALWAYS - {"viewer", "icon", "asset", "drawn", "lite"}
    assert not around - given, f"{other} reads {sorted(around - given)} of the page around"
    must, may = needed(other)
    assert must <= given <= may | {"viewer"}, f"{name} gives {sorted(given)}"


def test_every_template_is_used() -> None:
    drawn = drawn_by_python()
    used = set().union(*(reached(name) for name in drawn)) if drawn else set()
    assert not set(templates()) - used


@pytest.mark.parametrize("name", templates())
def test_every_include_can_be_opened(name: str) -> None:
    assert not references(name) - set(templates())


def pages() -> list[tuple[str, str]]:
    """Each Page(...) that has a part, as it is declared in the controllers."""
    found = []
    for path in files(".py", under="app/controllers/"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Page":
                words = dict(zip(("template", "part"), node.args, strict=False))
                words |= {word.arg or "": word.value for word in node.keywords}
                if "part" in words:
                    page, part = words["template"], words["part"]
                    found.append((ast.literal_eval(page), ast.literal_eval(part)))
    return found


@pytest.mark.parametrize("name", templates())
def test_no_include_reads_what_is_set_behind_it(name: str) -> None:
    # It is compiled into the template around it, where such a name is a variable not set yet.
    first: dict[str, int] = {}
    for node in template_tree(name).find_all(nodes.Assign):
        for target in (node.target, *node.target.find_all(nodes.Name)):
            if isinstance(target, nodes.Name):
                first[target.name] = min(node.lineno, first.get(target.name, node.lineno))
    for node in template_tree(name).find_all(nodes.Include):
        if isinstance(node.template, nodes.Const):
            late = {one for one, line in first.items() if line > node.lineno}
            assert not late & declared(node.template.value), node.template.value


@pytest.mark.parametrize(("page", "part"), pages())
def test_a_page_includes_its_part(page: str, part: str) -> None:
    assert f"partials/{part}.html" in reached(f"templates/{page}.html")


@pytest.mark.parametrize("name", [n for n in templates() if n.endswith(".swaps.html")])
def test_swaps_hold_only_includes_and_wrappers(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", template_text(name), flags=re.DOTALL)
    text = re.sub(
        r"\{%-?\s*(include|if|elif|else|endif|for|endfor|with|endwith|set)\b.*?%\}", "", text
    )
    text = re.sub(r"</?hx-partial(\s+(hx-target|hx-swap)=\"[^\"]*\")*\s*>", "", text)
    assert not text.strip(), f"{name} has markup of its own: {text.strip()[:100]}"


@pytest.mark.parametrize("name", templates())
def test_nothing_goes_around_the_escaping_or_the_content_policy(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", template_text(name), flags=re.DOTALL)
    for pattern, why in {
        r"\|\s*safe\b|\bautoescape\b|\bMarkup\b": "unescaped text",
        r"\sstyle\s*=": "an inline style",
        # Facts for search engines, which no browser runs, may stand in a page as JSON.
        r"<script(?! type=\"application/ld\+json\">\{\{ \w+\|tojson \}\}</script>)"
        r"(?![^>]*\ssrc=)": "an inline script",
        r"\son[a-z]+\s*=": "an inline handler",
        r"\bhx-on\b": "hx-on needs eval",
        r"[\"']\s*(js|javascript):": "script in an attribute",
        r"hx-trigger=\"[^\"]*\[": "a filter in a trigger needs eval",
        r"(src|href|action)=\"(https?:)?//": "another host",
        r"<input(?![^>]*\{)": "an input outside partials/ui",
    }.items():
        if why.startswith("an input") and name.startswith("partials/ui/"):
            continue
        found = re.search(pattern, text)
        assert not found or name in SAFE, f"{name}: {why}: {found[0]}" if found else ""


def test_no_python_string_goes_around_the_escaping() -> None:
    allowed = {"app/jinja.py", "app/wording.py"}
    marking = [
        f"{path}:{node.lineno}"
        for path in files(".py", under="app/")
        if path not in allowed
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "Markup"
    ]
    assert not marking


def test_every_icon_exists_and_is_used() -> None:
    there = {path.rsplit("/", 1)[1][:-4] for path in files(".svg", under="app/static/icons/")}
    called = {
        node.args[0].value
        for name in templates()
        for node in template_tree(name).find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and node.node.name == "icon"
        if node.args and isinstance(node.args[0], nodes.Const)
    }
    assert not called - there
    named = {
        str(c.value) for name in templates() for c in template_tree(name).find_all(nodes.Const)
    }
    script = template_script()
    assert not {icon for icon in there - named - python_strings() if icon not in script}


def template_script() -> str:
    return "".join(
        (template_text("static/js/" + path.rsplit("/", 1)[1]))
        for path in files(".js", under="app/static/js/")
    )
