"""What the rows show: whether somebody does what is due, what became of mails, how clocks go.

Who does it is seen at the database, on whatever node; what is overdue shows whether they keep up.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import true
from sqlalchemy.orm import Session

from app.clock import now
from app.doctor.finding import Finding, fault, fine, warning
from app.settings import Settings
from db.engine import Database
from db.queries import health, outgoing_mail, outlived, request_deadlines
from db.working import does_anybody_work

LATE = timedelta(minutes=5)  # what is done each second or minute otherwise
UNSWEPT = timedelta(days=1, hours=1)  # what is swept up after a day, each five minutes
STARTING = 5.0  # seconds that a site which was started just now may take
ODD, WRONG = timedelta(seconds=2), timedelta(seconds=30)  # between two clocks
SETTING = "JOBS"
DEMO_PERSON = "sofia@skileez.example"


def traces(there: Database, settings: Settings) -> Iterator[Finding]:
    """The worker, the outbox, the clocks, and whether the demo world is served to people."""
    is_there = _is_anybody_there(there)  # before a transaction is open, which would wait with it
    with there.reading() as db:
        yield _worker(db, settings, is_there=is_there)
        yield from _outbox(db)
        yield _clock(db, is_sqlite=there.is_sqlite)
        if not settings.demo and health.has_account(db, DEMO_PERSON):
            yield fault(
                "demo",
                "People of the demo world are here; everyone knows their password.",
                "Serve people from a database of their own.",
            )


def _is_anybody_there(database: Database) -> bool:
    late = time.monotonic() + STARTING
    while not (found := does_anybody_work(database)) and time.monotonic() < late:
        time.sleep(0.25)
    return found


def _worker(db: Session, settings: Settings, *, is_there: bool) -> Finding:
    where = (
        "The site does by itself what is due."
        if settings.jobs
        else f"{SETTING}=0: a worker elsewhere does what is due."
    )
    overdue = [
        name
        for name, is_late in (
            ("mail", bool(outgoing_mail.due_since(db, now() - LATE))),
            ("requests that have run out", bool(request_deadlines.requests(db, now() - LATE))),
            ("sweeping up", outlived.is_any(db, outlived.attempts(now() - UNSWEPT))),
        )
        if is_late
    ]
    if is_there and not overdue:
        return fine("worker", f"{where} It is at work, and nothing is overdue.")
    says = "It is at work." if is_there else "Nobody is at work."
    late = f" Overdue: {', '.join(overdue)}." if overdue else ""
    start = "Start ./run." if settings.jobs else "Start ./run worker, or the site with its own."
    remedy = "Look at its log." if is_there else f"{start} Look at its log."
    return fault("worker", f"{where} {says}{late}", remedy)


def _outbox(db: Session) -> Iterator[Finding]:
    aside = outgoing_mail.set_aside_count(db, true())
    if aside:
        yield warning(
            "outbox",
            f"{aside} mails could not be delivered.",
            "Staff find them under /admin/mail, each with the reason.",
        )
    else:
        last = outgoing_mail.last_sent_at(db)
        said = (
            f"The last mail left at {last:%Y-%m-%d %H:%M} UTC." if last else "No mail has left yet."
        )
        yield fine("outbox", said)


def _clock(db: Session, *, is_sqlite: bool) -> Finding:
    newest: datetime | None = health.newest_event_at(db)
    if newest and newest > now() + ODD:
        return fault(
            "clock",
            f"{newest:%Y-%m-%d %H:%M:%S} UTC, when something was done, is to come.",
            "Set the clocks of all nodes by NTP; one of them goes or went wrong.",
        )
    if is_sqlite:
        return fine("clock", f"It is {now():%Y-%m-%d %H:%M:%S} UTC here.")
    apart = abs(health.time_there(db) - now())
    if apart <= ODD:
        return fine("clock", "The clocks here and at the database agree.")
    say = fault if apart > WRONG else warning
    return say(
        "clock",
        f"The database's clock and ours are {apart.total_seconds():.0f} s apart.",
        "Set both by NTP.",
    )
