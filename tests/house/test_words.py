"""The product's words, and what must not stand in any file of the repository."""

import ast
import re
from pathlib import PurePosixPath

import pytest
from bs4 import BeautifulSoup

from tests.house.routes import all_routes
from tests.house.source import files, ours, template_text, templates, text, tree

# One word each: docs/glossary.md says which to use instead.
UNSAID = re.compile(
    r"\b(clients?|learners?|mentees?|tutors?|tutoring|teachers?|mentors?|freelancers?|jobs?|gigs?"
    r"|bids?|favou?rites?|chats?|conversations?|deals?|engagements?|lessons?|bookings?"
    r"|feedback|log ?in|log ?out|sign ?in sessions?|tickets?)\b",
    re.IGNORECASE,
)
SPOKEN = ("title", "aria-label", "placeholder", "alt", "content", "value", "data-sentence")
LABELS = ("app/labels.py", "app/errors.py", "app/wording.py")


def said_in(name: str) -> str:
    """The words of a template that people read, without markup, names of variables and comments."""
    source = re.sub(r"\{#.*?#\}", " ", template_text(name), flags=re.DOTALL)
    quoted = re.findall(r"\{[{%].*?[%}]\}", source, flags=re.DOTALL)
    handed = [
        w
        for block in quoted
        for w in re.findall(r"\"([^\"]*)\"", block)
        if re.search(r"^[A-Z]|\s", w)
    ]
    soup = BeautifulSoup(re.sub(r"\{[{%].*?[%}]\}", " ", source, flags=re.DOTALL), "html.parser")
    spoken = [str(tag[a]) for a in SPOKEN for tag in soup.find_all(attrs={a: True})]
    return " ".join([soup.get_text(" "), *spoken, *handed])


def sentences_in(path: str) -> list[str]:
    """Strings of the code that people may read; docstrings are for us."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    return [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in docstrings and re.search(r"\s|^[A-Z][a-z]", node.value)
    ]  # fmt: skip


@pytest.mark.parametrize("name", templates())
def test_a_template_says_only_the_words_of_the_glossary(name: str) -> None:
    found = sorted({word[0] for word in UNSAID.finditer(said_in(name))})
    assert not found, f"{name} says {found}; docs/glossary.md has better words"


def test_sentences_in_the_code_say_only_the_words_of_the_glossary() -> None:
    found = [
        f"{path}: {sentence!r}"
        for path in files(".py", under="app/")
        for sentence in sentences_in(path)
        if UNSAID.search(sentence)
    ]
    assert not found


def test_addresses_names_and_tables_say_only_the_words_of_the_glossary() -> None:
    words = [f"{route.path} {route.name}" for route in all_routes()]
    words += [  # a clock's jobs are for nobody's eyes
        str(PurePosixPath(path)).removeprefix("app/jobs/")
        for path in ours(".py", ".html")
        if not path.startswith("tests/")
    ]
    found = [word for word in words if UNSAID.search(re.sub(r"[_/.{}:]", " ", word))]
    assert not found


def test_the_glossary_has_every_noun() -> None:
    glossary = text("docs/glossary.md")
    nouns = {PurePosixPath(path).stem for path in files(".py", under="db/models/")}
    missing = [
        noun for noun in sorted(nouns - {"__init__", "moves"}) if f"`{noun}`" not in glossary
    ]
    assert not missing


# In every file.

HOSTS = [f"{name}.{end}" for name, end in (
    ("pypi", "org"), ("pythonhosted", "org"), ("registry.npmjs", "org"), ("deb.debian", "org"),
    ("npmmirror", "com"), ("unpkg", "com"), ("jsdelivr", "net"), ("googleapis", "com"),
)]  # fmt: skip
PLACES = ["/" + place for place in ("root/", "work/", "tmp/v/", "tmp/boot", "home/")]
SECRETS = re.compile(
    "-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bsk-\w{20,}"
)
TEXTS = (
    ".py", ".html", ".md", ".toml", ".txt", ".css", ".js", ".svg", ".cfg", ".ini", ".mako", ".yml",
    ".json", "/run", "/test", "run", "test", "compile", "install", ".gitignore",
)  # fmt: skip


def test_no_file_names_a_registry_a_machine_or_a_secret() -> None:
    named = []
    for path in files(*TEXTS):
        content = text(path)
        named += [f"{path} names {host}" for host in HOSTS if host in content]
        named += [f"{path} has a secret"] * bool(SECRETS.search(content))
        named += [
            f"{path} names {place}"
            for place in PLACES
            if place in content and re.search(rf"(?<![\w.}}*/-]){re.escape(place)}", content)
        ]
    assert not named


def test_files_are_tidy() -> None:
    untidy = [
        path
        for path in ours(".py", ".html", ".md", ".toml", ".css", ".js")
        if text(path)
        and (not text(path).endswith("\n") or "\r" in text(path) or "\t\t" in text(path))
    ]
    assert not untidy
