"""Whether all that writers were told is done is there, once each, and nothing else."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.messages import Message
from db.models.proposals import Proposal, ProposalStatus
from db.models.reviews import Review
from db.models.session_states import SessionStatus
from db.models.sign_ins import SignIn
from db.models.submissions import Submission
from tests.full.pairs import TITLE, number_in
from tests.full.writers import Deed

Facts = Counter[tuple[Any, ...]]
OURS = LearningRequest.title.startswith(TITLE)


def differences(db: Session, done: Iterable[Deed]) -> list[str]:
    """What was acknowledged and is not there or there twice, and what is there unasked."""
    found = []
    told, people = list(done), _people(db)
    for name, (said, stored) in KINDS.items():
        asked = Counter(said(deed, people) for deed in told if deed.verb in VERBS[name])
        there = Counter(map(tuple, db.execute(stored)))
        lost, more = asked - there, there - asked
        found += [f"{name}: {len(lost)} lost, such as {next(iter(lost))}"] if lost else []
        found += [f"{name}: {len(more)} too many, such as {next(iter(more))}"] if more else []
    return found + _marks(db, told, people)


def _people(db: Session) -> dict[str, int]:
    rows = db.execute(select(SignIn.token_hash, SignIn.account_id))
    return {token.hex(): account for token, account in rows}


def _who(deed: Deed, people: dict[str, int]) -> int:
    return people[hashlib.sha256(deed.who.encode()).hexdigest()]


def _of_ours(*columns: Any) -> Select[Any]:
    return select(*columns).join(LearningRequest, LearningRequest.id == Proposal.request_id)


VERBS = {
    "keys": (
        "/messages", "/requests", "/requests/proposals", "/proposals/accept", "/sessions/confirm",
        "/sessions/offer", "/sessions/agree", "/contracts/review", "/requests/bookmark",
        "/requests/unbookmark",
    ),
    "messages": ("/messages",),
    "requests": ("/requests",),
    "proposals": ("/requests/proposals",),
    "acceptances": ("/proposals/accept",),
    "confirmations": ("/sessions/confirm",),
    "offers": ("/sessions/offer",),
    "agreements": ("/sessions/agree",),
    "reviews": ("/contracts/review",),
}  # fmt: skip
# What a deed should have left behind, and all that such deeds have left.
Said = Callable[[Deed, dict[str, int]], tuple[Any, ...]]
KINDS: dict[str, tuple[Said, Select[Any]]] = {
    "keys": (
        lambda deed, people: (_who(deed, people), deed.fields["form_key"]),
        select(Submission.account_id, Submission.key),
    ),
    "messages": (
        lambda deed, people: (_who(deed, people), number_in(deed.path), deed.fields["text"]),
        select(Message.sender_id, Message.thread_id, Message.text),
    ),
    "requests": (
        lambda deed, people: (_who(deed, people), deed.fields["title"]),
        select(LearningRequest.student_id, LearningRequest.title).where(OURS),
    ),
    "proposals": (
        lambda deed, people: (_who(deed, people), number_in(deed.path)),
        _of_ours(Proposal.coach_id, Proposal.request_id).where(OURS),
    ),
    "acceptances": (
        lambda deed, _: (number_in(deed.path),),
        _of_ours(Proposal.id).where(OURS, Proposal.status == ProposalStatus.ACCEPTED),
    ),
    "confirmations": (
        lambda deed, _: (number_in(deed.path),),
        select(LearningSession.id).where(LearningSession.status == SessionStatus.COMPLETED),
    ),
    "offers": (
        lambda deed, _: (number_in(deed.path),),
        select(LearningSession.id).where(LearningSession.offer == 1),
    ),
    "agreements": (
        lambda deed, _: (number_in(deed.path),),
        select(LearningSession.id).where(LearningSession.status == SessionStatus.SCHEDULED),
    ),
    "reviews": (
        lambda deed, people: (_who(deed, people), number_in(deed.path)),
        select(Review.author_id, Review.contract_id),
    ),
}


def _marks(db: Session, told: list[Deed], people: dict[str, int]) -> list[str]:
    """The last word of each coach about each request holds."""
    last = {
        (_who(deed, people), number_in(deed.path)): deed.verb == "/requests/bookmark"
        for deed in told
        if deed.verb in ("/requests/bookmark", "/requests/unbookmark")
    }
    is_there: ColumnElement[bool] = Bookmark.removed_at.is_(None)
    rows = db.execute(select(Bookmark.coach_id, Bookmark.request_id, is_there))
    there = {(coach, wanted): bool(marked) for coach, wanted, marked in rows}
    return [f"mark {key} is {there.get(key)}" for key in last if there.get(key) != last[key]]
