"""What every page and every fragment is looked at for, whoever opens it and whatever it says."""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from bs4 import BeautifulSoup, PageElement, Tag

PAGE_POLICY = (
    "default-src 'self'", "object-src 'none'", "script-src 'self'", "style-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
)  # fmt: skip
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = {"for", "form", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns"}
SELECTORS = {"hx-target", "hx-target:inherited", "hx-include", "hx-sync"}
ONE_ID = re.compile(r"#([\w-]+)(:\w+)?$")
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bUndefined\b|<[a-z_]+\.[A-Z]\w+ object at ")

# What is another for each answer: the key of a form, and the number by which an error is found.
# Only letters, digits and dashes can stand there, of which no fault is made.
ONE_OFF = (
    (re.compile(r'(<input type="hidden" name="(?:form_key|page)" value=")[\w-]*(?=">)'), r"\1"),
    (re.compile(r"( · )[0-9a-f]{12}\b"), r"\1"),
)
GOOD: set[bytes] = set()  # what was looked at and had no fault


@lru_cache(maxsize=2)
def parsed(text: str) -> BeautifulSoup:
    """The page, to be looked at and not changed: it is inspected and then read, but parsed once."""
    return BeautifulSoup(text, "html.parser")


class Look(dict[str, list[Tag]]):
    """The tags of a page by their names, and all of them in order: gone through once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.tags: list[Tag] = []
        self.strings: list[PageElement] = []
        for part in parsed(text).descendants:
            if isinstance(part, Tag):
                self.tags.append(part)
                self.setdefault(part.name, []).append(part)
            else:
                self.strings.append(part)

    def __missing__(self, name: str) -> list[Tag]:
        return []


def page_faults(text: str, policy: str) -> list[str]:
    """Everything wrong with a whole page, in words; an empty list is a good page."""
    return _unless_known(text, policy, _faults_of_page)


def fragment_faults(text: str) -> list[str]:
    """Everything wrong with a fragment, in words."""
    return _unless_known(text, "", _faults_of_fragment)


def _unless_known(text: str, policy: str, look: Callable[[Look, str], list[str]]) -> list[str]:
    """The faults, unless the same was good before: access alone is asked the same so often."""
    same = text
    for pattern, kept in ONE_OFF:
        same = pattern.sub(kept, same)
    key = hashlib.sha256(f"{look.__name__} {policy}\n{same}".encode()).digest()
    if key in GOOD:
        return []
    if not (faults := look(Look(text), policy)):
        GOOD.add(key)
    return faults


def _faults_of_page(look: Look, policy: str) -> list[str]:
    return [*_page(look), *_policy(look, policy), *_ids(look, whole=True), *_common(look)]


def _faults_of_fragment(look: Look, _: str) -> list[str]:
    pages = [*look["html"], *look["head"], *look["body"]]
    whole = [f"a fragment has <{tag.name}>" for tag in pages]
    whole += ["a fragment has a title"] * bool(_titles(look))
    whole += ["a fragment has a doctype"] * look.text.lstrip().lower().startswith("<!doctype")
    styles = ["a fragment has <style>"] * ("style" in look)
    return [*whole, *styles, *_ids(look, whole=False), *_common(look)]


def _page(look: Look) -> list[str]:
    faults = []
    if not look.text.lstrip().lower().startswith("<!doctype html>"):
        faults.append("no doctype")
    if not look["html"] or not look["html"][0].get("lang"):
        faults.append("<html> says no language")
    titles = _titles(look)
    if len(titles) != 1 or not titles[0].get_text(strip=True):
        faults.append(f"{len(titles)} titles, or an empty one")
    headings = look["h1"]
    if len(headings) != 1 or not headings[0].get_text(strip=True):
        faults.append(f"{len(headings)} h1, or an empty one")
    if len(look["main"]) != 1:
        faults.append(f"{len(look['main'])} <main>")
    if not any(meta.get("name") == "viewport" for meta in look["meta"]):
        faults.append("no viewport")
    return faults


def _titles(look: Look) -> list[Tag]:
    return [title for title in look["title"] if not title.find_parent("svg")]


def _policy(look: Look, policy: str) -> list[str]:
    faults = [f"the content policy lacks {part}" for part in PAGE_POLICY if part not in policy]
    faults += [f"the content policy has {word}" for word in ("unsafe", "*") if word in policy]
    for style in look["style"]:
        digest = base64.b64encode(hashlib.sha256(style.string.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            faults.append("a <style> whose hash is not in the content policy")
    return faults


def _ids(look: Look, *, whole: bool) -> list[str]:
    counted = Counter(str(tag["id"]) for tag in look.tags if "id" in tag.attrs)
    faults = [f"id {name!r} is there {times} times" for name, times in counted.items() if times > 1]
    faults += [f"id {name!r} has a space" for name in counted if not name or " " in name]
    # A fragment may point at what is already on the page.
    return [*faults, *_references(look, set(counted))] if whole else faults


def _references(look: Look, counted: set[str]) -> list[str]:
    faults = []
    for tag in look.tags:
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


def _common(look: Look) -> list[str]:
    return [*_fields(look), *_forms(look), *_names(look), *_scripts(look), *_leftovers(look)]


def _fields(look: Look) -> list[str]:
    faults = []
    labelled = {label["for"] for label in look["label"] if "for" in label.attrs}
    for field in [*look["input"], *look["select"], *look["textarea"]]:
        if field.get("type") in UNLABELLED:
            continue
        if not field.get("name") and not field.get("data-for"):
            faults.append(f"a field without a name: {_short(field)}")
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labelled or field.find_parent("label")):
            faults.append(f"a field without a label: {_short(field)}")
    return faults


def _forms(look: Look) -> list[str]:
    faults = []
    for form in look["form"]:
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


def _names(look: Look) -> list[str]:
    faults = []
    for tag in [*look["button"], *look["a"]]:
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
    faults += [
        f"a picture without alt: {_short(img)}" for img in look["img"] if "alt" not in img.attrs
    ]
    return faults


def _pictured(tag: Tag) -> bool:
    return any(
        part.name == "title" or part.get("alt" if part.name == "img" else "aria-label")
        for part in tag.find_all(["img", "svg", "title"])
    )


def _scripts(look: Look) -> list[str]:
    faults = [f"a style attribute: {_short(tag)}" for tag in look.tags if "style" in tag.attrs]
    for script in look["script"]:
        # Facts for search engines are data: no browser runs them, and no policy need allow it.
        if script.get("type") == "application/ld+json":
            faults += _data(script)
        elif not script.get("src") and script.get("type") != "application/json":
            faults.append(f"an inline script: {_short(script)}")
    for tag in look.tags:
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


def _leftovers(look: Look) -> list[str]:
    faults = []
    for string in look.strings:
        if string.parent and string.parent.name in ("script", "style", "textarea"):
            continue
        if LEFTOVER.search(string) or string.strip() == "None":
            faults.append(f"left over from a template: {string.strip()[:80]!r}")
    for tag in look.tags:
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else str(value)
            if name != "value" and (LEFTOVER.search(value) or re.search(r"(^|[/=-])None\b", value)):
                faults.append(f"left over from a template in {name}: {value[:80]!r}")
    return faults


def _short(tag: Tag) -> str:
    return re.sub(r"\s+", " ", str(tag))[:110]
