"""One mail with all that waits for a person, in the words of their list.

Matrix B was asked for the list when the mail was written: names stand there as on the page.
"""

from collections.abc import Sequence
from html import unescape
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from app.jinja import environment
from app.mail.message import LIKE_A_LINK
from app.mail.outbox import enqueue_about
from app.mail.shortened import MOST_BYTES, shortened
from app.mail.unsubscribing import BUNDLE
from db.models.accounts import Account
from db.models.events import Event
from db.queries.notices import NoticeLine

MOST = 20  # the rest is counted, and stands in the list
# What they are called without their name.
NAMED = {"student": "A student", "coach": "A coach", "who": "The other one"}


def notices_bundled(
    db: Session, account: Account, event: Event, lines: Sequence[NoticeLine]
) -> None:
    """Tell a person what has happened since the last such mail, the newest first."""
    shown = lines[:MOST]
    said = [_said(line, MOST_BYTES // len(shown)) for line in shown]
    enqueue_about(
        db, "notices_bundled", account, event, way_out=BUNDLE,
        lines=said, notices=len(lines), rest=len(lines) - len(shown),
    )  # fmt: skip


def _said(line: NoticeLine, most: int) -> dict[str, str]:
    words: Any = environment().get_template("partials/notices/words.html").module
    named = _without_links(line)
    # Not escaped here: the mail has them as text, and as HTML that does it.
    title, more = (unescape(str(one(named))) for one in (words.title, words.more))
    return {"title": shortened(title, most // 2), "more": shortened(more, most // 2)}


def _without_links(line: NoticeLine) -> NoticeLine:
    """The same, naming nobody whose name would be a link in the mail."""
    odd = {name for name in NAMED if LIKE_A_LINK.search(str(line.detail.get(name, "")))}
    detail = line.detail | {name: NAMED[name] for name in odd}
    who = "" if LIKE_A_LINK.search(line.who) else line.who
    return msgspec.structs.replace(line, who=who, detail=detail)
