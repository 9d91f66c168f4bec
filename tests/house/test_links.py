"""Every address written into a template leads to a route that answers that method."""

import re

import pytest

from tests.house.routes import all_routes
from tests.house.source import template_text, templates

HOLE = re.compile(r"\{\{.*?\}\}")
BLOCK = re.compile(r"\{%.*?%\}")
TAG = re.compile(r"<(\w[\w-]*)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")


def addresses(name: str) -> list[tuple[str, str]]:
    """(method, address) for everything a person or htmx can follow or send."""
    raw = re.sub(r"\{#.*?#\}", "", template_text(name), flags=re.DOTALL)
    text = BLOCK.sub("", HOLE.sub("HOLE", raw))
    found = []
    for tag, inside in TAG.findall(text):
        attributes = dict(ATTRIBUTE.findall(inside))
        if tag == "a" and "href" in attributes:
            found.append(("GET", attributes["href"]))
        if tag == "form" and "action" in attributes:
            found.append((attributes.get("method", "get").upper(), attributes["action"]))
        if "formaction" in attributes:
            found.append(("POST", attributes["formaction"]))
        found += [
            (m, attributes[f"hx-{m.lower()}"])
            for m in ("GET", "POST")
            if f"hx-{m.lower()}" in attributes
        ]
    # Forms written with the macros posts("/…") and asks("/…"), and links handed to macros.
    found += [("POST", made(a)) for a in re.findall(r"\bposts\(([^,)]*)", raw)]
    found += [("GET", made(a)) for a in re.findall(r"\basks\(([^,)]*)", raw)]
    links = re.findall(r"\bhref=(\"[^\"]*\"(?:\s*~\s*[\w.\"/]+)*)", raw)
    found += [("GET", made(link)) for link in links if "{" not in link]
    return sorted({(method, address) for method, address in found if address.startswith("/")})


def made(expression: str) -> str:
    """The address a Jinja expression such as "/requests/" ~ wanted.id ~ "/close" makes."""
    parts = [part.strip() for part in expression.split("~")]
    return "".join(p.strip("\"'") if p[:1] in "\"'" else "HOLE" for p in parts)


@pytest.mark.parametrize("name", templates())
def test_every_address_leads_somewhere(name: str) -> None:
    lost = []
    for method, address in addresses(name):
        path = re.split(r"[?#]", address)[0]
        if path.endswith("HOLE") and not path.endswith("/HOLE"):
            continue  # the rest of the path is only known when it is drawn
        if not any(method in r.methods and r.pattern.fullmatch(path) for r in all_routes()):
            lost.append(f"{method} {address}")
    assert not lost, f"{name}: {lost}"
