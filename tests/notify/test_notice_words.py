"""Every notice that is told has words in the list, whatever it is about."""

import re

import pytest

from app.jinja import environment
from db.models.notices import NoticeKind
from tests.house.source import ROOT, files, text
from tests.mail.test_message import DETAIL

WORDS = """{% from "partials/notices/words.html" import more, title %}
{{ title(line) }}|{{ more(line) }}"""
SHORT = {  # no title to name
    "coach_approved", "coach_changes_requested", "coach_rejected", "session_decided",
    "session_reversed",
}  # fmt: skip
TOLD = sorted(
    {
        name
        for path in files(".py", under="app/notify/")
        if "notify(" in text(path)
        for name in re.findall(r'"([a-z]+_[a-z_]+)"', text(path))
        if (ROOT / f"app/templates/mail/{name}.txt").exists()
    }
)


@pytest.mark.parametrize("name", TOLD)
def test_a_notice_says_what_happened_and_about_what(name):
    about = name.partition("_")[0].replace("payment", "contract")
    kind = about if about in ("session", "contract", "review") else "other"
    if name.startswith(("account_", "message_hidden")):
        kind = NoticeKind.CONDUCT
    line = {
        "name": name, "kind": kind, "detail": DETAIL, "who": "Carla Ruiz", "country": None,
    }  # fmt: skip
    title, _, more = environment().from_string(WORDS).render(line=line).partition("|")
    assert title.strip() and "{" not in title
    assert more.strip() and (name in SHORT or kind == "conduct" or "Small talk" in more)


def test_all_that_is_told_is_tried():
    assert len(TOLD) >= 14 and "message_unread" in TOLD and "proposal_received" in TOLD
