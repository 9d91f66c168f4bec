"""Threads by the names of people, and messages by their words: each person's own, on one side."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, Side
from db.models.messages import Message
from db.models.threads import Thread
from db.queries import search_hits
from db.queries.acquaintances import is_known
from db.queries.messages import SHOWN
from db.queries.paging import SIZE, Found, cursor_values
from db.queries.people import KNOWN_FOR
from db.queries.search_rows import Index, Search
from db.queries.thread_lines import ACTIVE_AT
from db.queries.threads import name_for, seen_from
from db.search_entries import party
from db.search_queries import Asked
from db.search_terms import Terms
from db.search_text import around, words

INDEX = Index("message_search", Message, Message.id, Message.id)
LOOKED_AT = 2_000  # threads, the newest first
MOST_PEOPLE = 5


class MessageHit(msgspec.Struct, frozen=True):
    """A message that was found; `name` is the other person's, "" while it is not one's to know."""

    thread_id: int
    number: int
    last_number: int  # of its thread
    words: str  # of the text, from shortly before the first that is sought
    sent_at: datetime
    is_mine: bool
    name: str
    country: str | None

    @property
    def before(self) -> int | None:
        """The number before which a page of the thread shows it in the middle; None on the last."""
        below = self.number + SHOWN // 2
        return below if below <= self.last_number else None


def messages(
    db: Session,
    account_id: int,
    side: Side,
    terms: Terms,
    *,
    at: datetime,
    after: str = "",
    size: int = SIZE,
) -> Found[MessageHit]:
    """Messages with these words, the newest first; what staff have hidden is not among them."""
    asked = Asked(terms=terms, facts=((party(side, account_id),),))
    search = Search(index=INDEX, asked=asked, conditions=(Message.hidden_at.is_(None),))
    below = cursor_values(after, (Message.id,))[0].value if after else None
    places = search_hits.places(db, search, below=below, most=size + 1)
    ids = [place.id for place in places[:size]]
    sought = [one.words[0] for some in terms.wanted for one in some]
    rows = _rows(db, side, ids, at)
    found = {row[0]: _hit(account_id, side, sought, *row[1:]) for row in rows}
    more = len(places) > size
    return Found([found[number] for number in ids], str(ids[-1]) if more else None)


def people(db: Session, account_id: int, side: Side, typed: str, *, at: datetime) -> list[int]:
    """Threads with people whose names have all these words or beginnings, the newest first.

    A name that is not this person's to know finds nobody.
    """
    sought = words(typed)
    mine, other, _ = seen_from(side)
    query = (
        select(Thread.id, Account.first_name, Account.last_name, *_known(at))
        .join(Account, Account.id == other)
        .where(mine == account_id)
        .order_by(ACTIVE_AT.desc())
        .limit(LOOKED_AT)
    )
    found = (
        number
        for number, *called in db.execute(query)
        if sought and _is_called(_name(side, *called), sought)
    )
    return [number for number, _ in zip(found, range(MOST_PEOPLE), strict=False)]


def _is_called(name: str, sought: list[str]) -> bool:
    own = words(name)
    return all(any(word.startswith(one) for word in own) for one in sought)


def _rows(db: Session, side: Side, ids: list[int], at: datetime) -> Any:
    _, other, _ = seen_from(side)
    person = another(Account)
    return db.execute(
        select(
            Message.id,
            Message.thread_id,
            Message.number,
            Thread.last_number,
            Message.text,
            Message.created_at,
            Message.sender_id,
            person.first_name,
            person.last_name,
            *_known(at),
            person.country,
        )
        .join(Thread, Thread.id == Message.thread_id)
        .join(person, person.id == other)
        .where(Message.id.in_(ids))
    )


def _hit(account_id: int, side: Side, sought: list[str], *row: Any) -> MessageHit:
    thread, number, latest, text, at, sender, *called, country = row
    is_mine, name = sender == account_id, _name(side, *called)
    return MessageHit(thread, number, latest, around(text, sought), at, is_mine, name, country)


def _name(side: Side, first: str, last: str, has_name: bool, known: bool) -> str:
    return name_for(side, first, last, wrote=bool(has_name), accepted=bool(known))


def _known(at: datetime) -> tuple[Any, Any]:
    """By what a coach knows a student's first name, and the full one."""
    began = func.coalesce(Thread.student_wrote_at, Thread.invited_at)
    return or_(began.is_not(None), Thread.proposal_id.is_not(None)), is_known(
        ended_after=at - KNOWN_FOR
    )
