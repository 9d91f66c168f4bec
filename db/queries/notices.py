"""What a person was told, for their list; matrix B is asked anew at each look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, Side
from db.models.notices import MailTiming, Notice, NoticeKind, NoticeSetting
from db.models.threads import Thread
from db.queries import session_names
from db.queries.acquaintances import is_known
from db.queries.paging import Found, cursor_values, page
from db.queries.people import KNOWN_FOR, student_name

KEY = (Notice.id,)
SESSION = NoticeKind.SESSION
UNREAD = Notice.read_at.is_(None)
MOST = 500  # people at one look


class NoticeLine(msgspec.Struct, frozen=True):
    """A row of the list; `who` is the other one of its thread or session, as one may know them."""

    who: str
    country: str | None
    id: int
    kind: NoticeKind
    name: str
    path: str
    detail: dict[str, Any]
    told_at: datetime
    is_read: bool


def lines(db: Session, account_id: int, *, at: datetime, after: str = "") -> Found[NoticeLine]:
    """Everything a person was told, the newest first."""
    found = page(db, _told(account_id, at), key=KEY, make=_line, after=after)
    return Found(_named(db, found.items, account_id, at), found.next)


def waiting(db: Session, account_id: int, *, at: datetime) -> list[NoticeLine]:
    """What a person is to be mailed of in one go, the newest first; also what they have read."""
    query = _told(account_id, at).where(Notice.mail_due_at.is_not(None)).order_by(Notice.id.desc())
    return _named(db, [_line(*row) for row in db.execute(query)], account_id, at)


def _named(db: Session, lines: list[NoticeLine], account_id: int, at: datetime) -> list[NoticeLine]:
    """The same, with the names of those one has sessions with."""
    about = {line.id: line.detail.get("session", 0) for line in lines if line.kind is SESSION}
    names = session_names.others(db, set(about.values()), account_id, at)
    return [
        msgspec.structs.replace(line, who=names.get(about.get(line.id, 0), line.who))
        for line in lines
    ]


def _told(account_id: int, at: datetime) -> Select[*tuple[Any, ...]]:
    is_student = Thread.student_id == account_id
    other_id = case((is_student, Thread.coach_id), else_=Thread.student_id)
    return (
        select(
            Account.first_name,
            Account.last_name,
            func.coalesce(Thread.student_wrote_at, Thread.invited_at),
            Thread.proposal_id,
            is_known(ended_after=at - KNOWN_FOR),
            Notice.side,
            Account.country,
            Notice.id,
            Notice.kind,
            Notice.name,
            Notice.path,
            Notice.detail,
            Notice.created_at,
            Notice.read_at.is_not(None),
        )
        .outerjoin(Thread, Thread.id == Notice.thread_id)
        .outerjoin(Account, Account.id == other_id)
        .where(Notice.account_id == account_id)
    )


def _line(
    first: str | None,
    last: str,
    wrote: datetime | None,
    proposal_id: int | None,
    known: bool | None,
    side: Side | None,
    country: str | None,
    *rest: Any,
) -> NoticeLine:
    who = f"{first} {last}" if first else ""
    if first and side is not Side.STUDENT:
        wrote_or_chose = wrote is not None or proposal_id is not None
        who = student_name(first, last, wrote=wrote_or_chose, accepted=bool(known))
    return NoticeLine(who, country, *rest)


def told_before(db: Session, account_id: int, after: str) -> datetime | None:
    """When a person was told of what a page of their list follows, for the day above it."""
    if not after:
        return None
    [last] = cursor_values(after, KEY)
    query = select(Notice.created_at).where(Notice.id == last, Notice.account_id == account_id)
    return db.scalars(query).one_or_none()


def wait_in(db: Session, account_id: int, thread_id: int) -> bool:
    """Whether a person has not read all they were told about this thread."""
    waiting = exists().where(Notice.account_id == account_id, UNREAD, Notice.thread_id == thread_id)
    return bool(db.scalar(select(waiting)))


class MailWishes(msgspec.Struct, frozen=True):
    """When a person wants to be mailed of what; kinds they never chose for are mailed at once."""

    quiet_from: int | None
    quiet_to: int | None
    timings: dict[NoticeKind, MailTiming]


def mail_wishes(db: Session, account_id: int) -> MailWishes:
    """What a person has chosen, also for kinds they cannot be told of at present."""
    quiet = select(Account.quiet_from, Account.quiet_to).where(Account.id == account_id)
    chosen = {setting.kind: setting.mail for setting in settings(db, account_id)}
    return MailWishes(*db.execute(quiet).one(), dict.fromkeys(NoticeKind, MailTiming.NOW) | chosen)


def settings(db: Session, account_id: int) -> Sequence[NoticeSetting]:
    """The choices a person has made; changed only by who holds the account."""
    query = select(NoticeSetting).where(NoticeSetting.account_id == account_id)
    return db.scalars(query).all()


def mail_timing(db: Session, account_id: int, kind: NoticeKind) -> MailTiming:
    """How a person is mailed of this kind."""
    query = select(NoticeSetting.mail).where(
        NoticeSetting.account_id == account_id, NoticeSetting.kind == kind
    )
    return db.scalars(query).one_or_none() or MailTiming.NOW


def people_due(db: Session, at: datetime) -> Sequence[int]:
    """Whose mail of everything that waits is to leave, the longest due first."""
    query = select(Notice.account_id).where(Notice.mail_due_at <= at).group_by(Notice.account_id)
    return db.scalars(query.order_by(func.min(Notice.mail_due_at)).limit(MOST)).all()


def held_person(db: Session, account_id: int, at: datetime) -> Account | None:
    """One of these people, held; None when somebody else is at it, or has just been."""
    query = select(Account).where(Account.id == account_id)
    account = db.scalars(query.with_for_update(skip_locked=True, key_share=True)).one_or_none()
    # Only now: what another node has done is seen once it has let go of the person.
    due = exists().where(Notice.account_id == account_id, Notice.mail_due_at <= at)
    return account if account and db.scalar(select(due)) else None
