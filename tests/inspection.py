"""What every page and every fragment is looked at for, whoever opens it and whatever it says."""

import base64
import hashlib
import json
import re
from collections import Counter
from functools import lru_cache

from bs4 import BeautifulSoup, Tag

PAGE_POLICY = (
    "default-src 'self'", "object-src 'none'", "script-src 'self'", "style-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
)  # fmt: skip
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = {"for", "form", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns"}
SELECTORS = {"hx-target", "hx-target:inherited", "hx-include", "hx-sync"}
ONE_ID = re.compile(r"#([\w-]+)(:\w+)?$")
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bUndefined\b|<[a-z_]+\.[A-Z]\w+ object at ")


@lru_cache(maxsize=2)
def parsed(text: str) -> BeautifulSoup:
    """The page, to be looked at and not changed: it is inspected and then read, but parsed once."""
    return BeautifulSoup(text, "html.parser")


@lru_cache(maxsize=200)
def page_faults(text: str, policy: str) -> list[str]:
    """Everything wrong with a whole page, in words; an empty list is a good page."""
    soup = parsed(text)
    return [*_page(soup, text), *_policy(soup, policy), *_ids(soup, whole=True), *_common(soup)]


@lru_cache(maxsize=200)
def fragment_faults(text: str) -> list[str]:
    """Everything wrong with a fragment, in words."""
    soup = parsed(text)
    whole = [f"a fragment has <{tag.name}>" for tag in soup(["html", "head", "body"])]
    whole += ["a fragment has a title"] * bool(_titles(soup))
    whole += ["a fragment has a doctype"] * text.lstrip().lower().startswith("<!doctype")
    styles = ["a fragment has <style>"] * bool(soup("style"))
    return [*whole, *styles, *_ids(soup, whole=False), *_common(soup)]


def _page(soup: BeautifulSoup, text: str) -> list[str]:
    faults = []
    if not text.lstrip().lower().startswith("<!doctype html>"):
        faults.append("no doctype")
    if soup.html is None or not soup.html.get("lang"):
        faults.append("<html> says no language")
    titles = _titles(soup)
    if len(titles) != 1 or not titles[0].get_text(strip=True):
        faults.append(f"{len(titles)} titles, or an empty one")
    headings = soup("h1")
    if len(headings) != 1 or not headings[0].get_text(strip=True):
        faults.append(f"{len(headings)} h1, or an empty one")
    if len(soup("main")) != 1:
        faults.append(f"{len(soup('main'))} <main>")
    if not soup.find("meta", attrs={"name": "viewport"}):
        faults.append("no viewport")
    return faults


def _titles(soup: BeautifulSoup) -> list[Tag]:
    return [title for title in soup("title") if not title.find_parent("svg")]


def _policy(soup: BeautifulSoup, policy: str) -> list[str]:
    faults = [f"the content policy lacks {part}" for part in PAGE_POLICY if part not in policy]
    faults += [f"the content policy has {word}" for word in ("unsafe", "*") if word in policy]
    for style in soup("style"):
        digest = base64.b64encode(hashlib.sha256(style.string.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            faults.append("a <style> whose hash is not in the content policy")
    return faults


def _ids(soup: BeautifulSoup, *, whole: bool) -> list[str]:
    counted = Counter(tag["id"] for tag in soup.find_all(id=True))
    faults = [f"id {name!r} is there {times} times" for name, times in counted.items() if times > 1]
    faults += [f"id {name!r} has a space" for name in counted if not name or " " in name]
    # A fragment may point at what is already on the page.
    return [*faults, *_references(soup, set(counted))] if whole else faults


def _references(soup: BeautifulSoup, counted: set[str]) -> list[str]:
    faults = []
    for tag in soup.find_all(True):  # once, not once an attribute: it is done thousands of times
        for attribute in REFERENCES & tag.attrs.keys():
            for name in str(tag[attribute]).split():
                if name not in counted:
                    faults.append(f"{attribute}={name!r} points at nothing")
        for attribute in SELECTORS & tag.attrs.keys():
            named = ONE_ID.match(str(tag[attribute]))
            if named and named[1] not in counted:
                faults.append(f"{attribute}={tag[attribute]!r} points at nothing")
        href = str(tag.attrs.get("href", "")) if tag.name == "a" else ""
        if len(href) > 1 and href[0] == "#" and href[1:] not in counted:
            faults.append(f"a link to {href!r}, which is nowhere")
    return faults


def _common(soup: BeautifulSoup) -> list[str]:
    return [*_fields(soup), *_forms(soup), *_names(soup), *_scripts(soup), *_leftovers(soup)]


def _fields(soup: BeautifulSoup) -> list[str]:
    faults = []
    labelled = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    for field in soup(["input", "select", "textarea"]):
        if field.get("type") in UNLABELLED:
            continue
        if not field.get("name") and not field.get("data-for"):
            faults.append(f"a field without a name: {_short(field)}")
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labelled or field.find_parent("label")):
            faults.append(f"a field without a label: {_short(field)}")
    return faults


def _forms(soup: BeautifulSoup) -> list[str]:
    faults = []
    for form in soup("form"):
        if form.find_parent("form"):
            faults.append(f"a form inside a form: {_short(form)}")
        if (form.get("method") or "").lower() not in ("get", "post"):
            faults.append(f"a form without a method: {_short(form)}")
        if not (form.get("action") or "").startswith("/"):
            faults.append(f"a form without an action of ours: {_short(form)}")
        if form.find("textarea") and not form.has_attr("data-keep"):
            faults.append(f"a form that loses long words: {_short(form)}")
        for attribute in ("hx-get", "hx-post"):
            if form.get(attribute) not in (None, "", form.get("action")):
                faults.append(f"{attribute} differs from action: {_short(form)}")
    return faults


def _names(soup: BeautifulSoup) -> list[str]:
    faults = []
    for tag in soup(["button", "a"]):
        itself = tag.get("href") == "" and tag.get_text() == "Try again"
        if tag.name == "a" and not tag.get("href") and not itself:
            faults.append(f"a link to nowhere: {_short(tag)}")
        said = tag.get_text(strip=True) or tag.get("aria-label") or tag.get("aria-labelledby")
        if not said and not _pictured(tag):
            faults.append(f"a <{tag.name}> that says nothing: {_short(tag)}")
        if tag.get("target") == "_blank" and "noopener" not in (tag.get("rel") or []):
            faults.append(f"a new window that keeps its opener: {_short(tag)}")
        if tag.name == "button" and not (
            tag.get("type") or tag.get("form") or tag.find_parent("form")
        ):
            faults.append(f"a button that sends no form: {_short(tag)}")
    faults += [f"a picture without alt: {_short(img)}" for img in soup("img", alt=False)]
    return faults


def _pictured(tag: Tag) -> bool:
    return any(
        part.name == "title" or part.get("alt" if part.name == "img" else "aria-label")
        for part in tag.find_all(["img", "svg", "title"])
    )


def _scripts(soup: BeautifulSoup) -> list[str]:
    faults = [f"a style attribute: {_short(tag)}" for tag in soup.find_all(style=True)]
    for script in soup("script"):
        # Facts for search engines are data: no browser runs them, and no policy need allow it.
        if script.get("type") == "application/ld+json":
            faults += _data(script)
        elif not script.get("src") and script.get("type") != "application/json":
            faults.append(f"an inline script: {_short(script)}")
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else str(value)
            if name.startswith(("on", "hx-on")):
                faults.append(f"a script in {name}: {_short(tag)}")
            if value.strip().lower().startswith(("javascript:", "js:")):
                faults.append(f"a script in {name}: {_short(tag)}")
            if name in ("src", "srcset", "action") and re.match(r"(https?:)?//", value):
                faults.append(f"something from another host: {_short(tag)}")
    return faults


def _data(script: Tag) -> list[str]:
    if set(script.attrs) != {"type"} or "<" in script.get_text():
        return [f"data that could be more than data: {_short(script)}"]
    try:
        json.loads(script.get_text())
    except ValueError:
        return [f"data that nobody can read: {_short(script)}"]
    return []


def _leftovers(soup: BeautifulSoup) -> list[str]:
    faults = []
    for string in soup.find_all(string=True):
        if string.parent and string.parent.name in ("script", "style", "textarea"):
            continue
        if LEFTOVER.search(string) or string.strip() == "None":
            faults.append(f"left over from a template: {string.strip()[:80]!r}")
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else str(value)
            if name != "value" and (LEFTOVER.search(value) or re.search(r"(^|[/=-])None\b", value)):
                faults.append(f"left over from a template in {name}: {value[:80]!r}")
    return faults


def _short(tag: Tag) -> str:
    return re.sub(r"\s+", " ", str(tag))[:110]
