"""What the documents say is there, is there."""

import re
import subprocess
import sys

import pytest

from tests.house.source import ROOT, files, ours, text
from tests.thorough import OF_DATABASES, OF_OTHER_THINGS

DECISION = ("## Context", "## Decision", "## Consequences")
FENCE = re.compile(r"```(?:sh|console)\n(.*?)```", re.DOTALL)


def commands() -> set[tuple[str, ...]]:
    """Each command of the project that a document shows: ./run …, ./test …"""
    found = set()
    for path in files(".md"):
        for block in FENCE.findall(text(path)):
            for line in block.splitlines():
                words = tuple(line.split("#")[0].replace("$ ", "", 1).split())
                if words and words[0] in ("./run", "./test"):
                    found.add(words[:2])
    return found


def test_the_commands_in_the_documents_exist() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "app.cli", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    known = set(re.findall(r"^  ([a-z-]+) ", said, re.MULTILINE))
    shown = {words[1] for words in commands() if words[0] == "./run" and len(words) > 1}
    assert ("./run",) in commands()
    assert ("./test",) in commands()
    assert not shown - known


def test_what_both_databases_are_always_asked_is_there() -> None:
    for place in (*OF_DATABASES, *OF_OTHER_THINGS):
        path, _, name = place.partition("::")
        assert (ROOT / path).exists(), place
        assert not name or f"def {name}" in text(path), place


@pytest.mark.parametrize("path", files(".md"))
def test_links_between_documents_lead_somewhere(path: str) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", text(path)):
        if "://" not in link and not link.startswith("mailto:"):
            assert ((ROOT / path).parent / link).exists(), f"{path} links to {link}"


@pytest.mark.parametrize("path", files(".md", under="docs/decisions/"))
def test_a_decision_is_one_page_of_three_parts(path: str) -> None:
    assert re.fullmatch(r"docs/decisions/\d{4}-[a-z0-9-]+\.md", path)
    assert all(part in text(path) for part in DECISION)
    assert len(text(path).splitlines()) <= 60


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.split("/")[2][:4]) for path in files(".md", under="docs/decisions/")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_changelog_speaks_of_what_people_notice() -> None:
    headings = re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert headings
    assert set(headings) <= {"Added", "Changed", "Fixed", "Removed", "Security"}


def test_paths_in_the_documents_exist() -> None:
    # Paths with a name to fill in (<noun>, …) or a star stand for many.
    missing = []
    for path in ours(".md"):
        for said in re.findall(r"`((?:app|db|tests|docs|requirements)/[\w./-]+)`", text(path)):
            if not (ROOT / said).exists() and not said.startswith("docs/screenshots/"):
                missing.append(f"{path}: {said}")
    assert not missing


def test_every_promise_names_its_proof() -> None:
    lines = [line for line in text("docs/promises.md").splitlines() if line.startswith("|")]
    rows = [line.split("|") for line in lines if "`tests/" in line]
    numbers = [int(row[1]) for row in rows if row[1].strip().isdigit()]
    assert numbers == list(range(1, 33))
    for row in rows:
        named = re.findall(r"`([^`]+)`", row[-2])
        assert named and all((ROOT / path).is_file() for path in named), row
        assert all(re.search(r"^ *def test_", text(path), re.MULTILINE) for path in named), row
