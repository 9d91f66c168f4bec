"""What the rows show: whether somebody does what is due, what became of mails, how clocks go.

Nothing writes down that it is alive; what is overdue shows that it is not, on any number of nodes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import true
from sqlalchemy.orm import Session

from app.clock import now
from app.doctor.finding import Finding, fault, fine, warning
from app.settings import Settings
from db.engine import Database
from db.queries import health, outgoing_mail, outlived, request_deadlines

LATE = timedelta(minutes=5)  # what is done each second or minute otherwise
UNSWEPT = timedelta(days=1, hours=1)  # what is swept up after a day, each five minutes
ODD, WRONG = timedelta(seconds=2), timedelta(seconds=30)  # between two clocks
SETTING = "JOBS"
DEMO_PERSON = "sofia@skileez.example"


def traces(there: Database, settings: Settings) -> Iterator[Finding]:
    """The worker, the outbox, the clocks, and whether the demo world is served to people."""
    with there.reading() as db:
        yield _worker(db, settings)
        yield from _outbox(db)
        yield _clock(db, is_sqlite=there.is_sqlite)
        if not settings.demo and health.has_account(db, DEMO_PERSON):
            yield fault(
                "demo",
                "People of the demo world are here; everyone knows their password.",
                "Serve people from a database of their own.",
            )


def _worker(db: Session, settings: Settings) -> Finding:
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
    if not overdue:
        return fine("worker", f"{where} Nothing is overdue.")
    remedy = (
        "Start ./run worker, or the site with its own." if not settings.jobs else "Start ./run."
    )
    return fault("worker", f"{where} Overdue: {', '.join(overdue)}.", f"{remedy} Look at its log.")


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
