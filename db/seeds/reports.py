"""What people of the demo world have reported: one that suspended Sid, and two that wait."""

from datetime import datetime, timedelta
from typing import Any

from db.models.accounts import AccountStatus, Side
from db.models.reports import Report, ReportOutcome, ReportReason, ReportStatus
from db.seeds.world import Talk, World

WHY = (
    "You asked several students to pay you by bank transfer before anything was agreed, and were"
    " rude to one who wanted to stay on Skileez. Payment outside is not safe for them, which is"
    " why it is not allowed here."
)
# Who reported whom, how many hours ago, and in which words.
WAITING = (
    (
        "sam", "Brendan Walsh", 21, ReportReason.PAYMENT_OUTSIDE,
        "He wants to be paid by phone and not here, and makes it cheaper if I do.",
    ),
    (
        "dora", "Farid Qasim", 5, ReportReason.SPAM,
        "The same advertisement twice, and three people of my choir have got it as well.",
    ),
)  # fmt: skip


def send_reports(world: World) -> None:
    """The reports, with the messages as they were, and what Mina decided on the first."""
    _suspend_sid(world)
    for student, coach, hours, reason, text in WAITING:
        _report(world, _talk(world, student, coach), hours, reason=reason, text=text)


def _suspend_sid(world: World) -> None:
    sid, mina, at = world.cast["sid"], world.cast["mina"], world.ago(hours=40)
    number = _report(
        world,
        _talk(world, "sam", "Sid Gray"),
        44,
        reason=ReportReason.PAYMENT_OUTSIDE,
        text="He wants the money before anything is agreed, and he got nasty when I said no.",
        status=ReportStatus.CLOSED,
        outcome=ReportOutcome.SUSPENDED,
        decision=WHY,
        decided_by_id=mina.id,
        decided_at=at,
    )
    world.record("report.looked_at", at - timedelta(minutes=6), mina, number)
    change = (AccountStatus.ACTIVE, AccountStatus.SUSPENDED)
    world.record("account.suspended", at, mina, sid.id, change=change, report=number)


def _talk(world: World, student: str, coach: str) -> Talk:
    by = world.cast[student]
    return next(talk for talk in world.talks if talk.student is by and talk.coach.name == coach)


def _report(world: World, talk: Talk, hours: int, **but: Any) -> int:
    at = max(world.ago(hours=hours), talk.times[-1] + timedelta(minutes=1))
    number = world.rows.add(
        Report,
        thread_id=talk.thread,
        reporter_id=talk.student.id,
        reported_id=talk.coach.id,
        copy=_copy(talk, at),
        created_at=at,
        **but,
    )
    world.record("report.created", at, talk.student, number, Side.STUDENT)
    return number


def _copy(talk: Talk, at: datetime) -> list[dict[str, Any]]:
    said = zip(talk.times, talk.said, strict=True)
    return [
        {
            "number": number,
            "name": who.name,
            "is_reporter": who is talk.student,
            "text": text,
            "sent_at": sent.isoformat(),
        }
        for number, (sent, (who, text)) in enumerate(said, 1)
        if sent <= at
    ]
