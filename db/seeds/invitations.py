"""Whom students of the demo world have invited to their requests."""

from datetime import datetime, timedelta

from db.models.accounts import Side
from db.models.invitations import Invitation, InvitationStatus
from db.models.messages import Message
from db.models.threads import Thread
from db.search_entries import message_entry
from db.seeds.world import Person, Wanted, World

# Which request, to whom, what the student wrote, and what became of it.
SENT = (
    ("Accent coaching for a radio reader", "dora",
     "You explain vowels by singing them. Mine are what listeners write to our station about.",
     InvitationStatus.OPEN),
    ("Speak up in meetings when everyone is fast", "cole",
     "You learned a language as an adult yourself. You will know why I stay silent.",
     InvitationStatus.OPEN),
    ("Read my first whole novel in English", "cole",
     "Your page made me want to finish a book. Would you read it with me?",
     InvitationStatus.DECLINED),
)  # fmt: skip
DAY = timedelta(days=1)


def send_invitations(world: World) -> None:
    """A few, by students who have not written to this coach before."""
    titled = {wanted.text.title: wanted for wanted in world.requests}
    for title, name, text, status in SENT:
        _send(world, titled[title], world.cast[name], text, status)


def _send(world: World, wanted: Wanted, coach: Person, text: str, status: InvitationStatus) -> None:
    student = wanted.student
    at = world.between(max(wanted.since, coach.teaches_since, world.now - 2 * DAY), world.now)
    is_open = status is InvitationStatus.OPEN
    ended = None if is_open else world.between(at, world.now)
    thread = _write(world, student, coach, text, at, read=not is_open)
    invitation = world.rows.add(
        Invitation,
        request_id=wanted.id,
        coach_id=coach.id,
        status=status,
        text=text,
        created_at=at,
        ended_at=ended,
    )
    waits = InvitationStatus.OPEN
    world.record("thread.created", at, student, thread, Side.STUDENT)
    world.record("invitation.created", at, student, invitation, Side.STUDENT, (None, waits))
    if ended:
        change = (waits, status)
        world.record(f"invitation.{status}", ended, coach, invitation, Side.COACH, change)


def _write(
    world: World, student: Person, coach: Person, text: str, at: datetime, *, read: bool
) -> int:
    thread = world.rows.add(
        Thread,
        student_id=student.id,
        coach_id=coach.id,
        last_number=1,
        last_message_at=at,
        last_text=text,
        last_sender_id=student.id,
        student_read=1,
        coach_read=int(read),
        student_wrote_at=at,
        invited_at=at,
        created_at=at,
    )
    world.rows.add(
        Message,
        thread_id=thread,
        number=1,
        sender_id=student.id,
        text=text,
        search_text=message_entry(text, student.id, coach.id),
        created_at=at,
    )
    return thread
