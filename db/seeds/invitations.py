"""Whom students of the demo world have invited to their requests."""

from datetime import timedelta

from db.models.accounts import Side
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.messages import Message
from db.models.threads import Thread
from db.seeds.matches import fit
from db.seeds.world import Person, Wanted, World

# To whom, what the student wrote, and what became of it.
SENT = (
    ("carla", "Your page says that you begin with talking. That is what I miss in my course.",
     InvitationStatus.OPEN),
    ("dora", "I like that you let people play a whole song soon. Would evenings suit you?",
     InvitationStatus.OPEN),
    ("cole", "You explain grammar so calmly in your video. I would like to learn like that.",
     InvitationStatus.OPEN),
    ("carla", "A friend of mine learned with you last year, and still talks about it.",
     InvitationStatus.DECLINED),
)  # fmt: skip
DAY = timedelta(days=1)


def send_invitations(world: World) -> None:
    """A few, by students who have not written to this coach before."""
    for name, text, status in SENT:
        coach = world.cast[name]
        wanted = _best(world, coach)
        if wanted:
            _send(world, wanted, coach, text, status)


def _best(world: World, coach: Person) -> Wanted | None:
    """The open request that fits a coach best and that they have nothing to do with yet."""
    could = [
        wanted
        for wanted in world.requests
        if wanted.status == RequestStatus.OPEN
        and wanted.student not in (coach, world.cast["sofia"])
        and coach.id not in wanted.coaches
        and (wanted.student.id, coach.id) not in world.talks
    ]
    return max(could, key=lambda one: (fit(one, coach), -one.id), default=None)


def _send(world: World, wanted: Wanted, coach: Person, text: str, status: InvitationStatus) -> None:
    student = wanted.student
    at = world.between(max(wanted.since, coach.teaches_since, world.now - 2 * DAY), world.now)
    is_open = status is InvitationStatus.OPEN
    ended = None if is_open else world.between(at, world.now)
    thread = world.rows.add(
        Thread,
        student_id=student.id,
        coach_id=coach.id,
        last_number=1,
        last_message_at=at,
        last_text=text,
        last_sender_id=student.id,
        student_read=1,
        coach_read=int(not is_open),
        student_wrote_at=at,
        invited_at=at,
        created_at=at,
    )
    world.talks.add((student.id, coach.id))
    world.rows.add(
        Message, thread_id=thread, number=1, sender_id=student.id, text=text, created_at=at
    )
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
