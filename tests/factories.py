"""One plain function for each thing: `make_proposal(db, wanted, carla, price=900)`.

Each makes the least that is valid; what the test is about is said by name. Nothing is committed
(the test browser commits what is pending before it asks for anything).
"""

import hashlib
import unicodedata
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.actions.search_entries import index_request
from app.clock import now
from app.mail import folder
from app.mail.claims import Claimed
from app.mail.message import Letter, compose
from db.models.accounts import Account, Side
from db.models.blocks import Block
from db.models.bookmarks import Bookmark
from db.models.invitations import Invitation
from db.models.learning_requests import (
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.mail_tokens import MailToken, Purpose
from db.models.messages import Message
from db.models.notices import Notice, NoticeKind
from db.models.outgoing_mail import OutgoingMail
from db.models.proposal_versions import ProposalVersion
from db.models.proposals import ANSWERED_WITHIN, Proposal, ProposalAnswer, ProposalStatus
from db.models.reports import Report, ReportReason, ReportStatus
from db.models.sign_ins import SignIn
from db.models.skills import Level
from db.models.threads import Thread
from db.search_entries import message_entry
from tests.profile_factories import (  # noqa: F401 (tests import them from here)
    PASSWORD,
    PASSWORD_HASH,
    WEBP,
    a_while_ago,
    make_account,
    make_changed,
    make_claimed,
    make_coach,
    make_coach_skill,
    make_decision,
    make_education,
    make_experience,
    make_language,
    make_picture,
    make_portfolio_item,
    make_shown_picture,
    make_skill,
    make_student,
    make_student_skill,
    make_synonym,
    make_whole_coach,
    stored,
)

_numbers = count(1)


def make_request(
    db: Session, student: Account, *, skills: tuple[str, ...] = ("Spanish",),
    questions: tuple[str, ...] = (), **but: Any,
) -> LearningRequest:  # fmt: skip
    """An open learning request; `skills` and `questions` are given as words."""
    status = but.setdefault("status", RequestStatus.OPEN)
    posted = now() - timedelta(days=2)
    but.setdefault("title", "Conversational Spanish before I move to Madrid")
    but.setdefault(
        "description",
        "I move to Madrid in spring and would like to speak with my neighbours from the first day.",
    )
    but.setdefault("level", Level.BEGINNER)
    but.setdefault("format", Format.FEW_SESSIONS)
    but.setdefault("created_at", posted)
    but.setdefault("updated_at", posted)
    if status is not RequestStatus.DRAFT:
        but.setdefault("posted_at", posted)
        but.setdefault("expires_at", posted + timedelta(days=60))
    if status not in (RequestStatus.DRAFT, RequestStatus.OPEN, RequestStatus.PAUSED):
        but.setdefault("ended_at", now())
    wanted = stored(db, LearningRequest(student_id=student.id, **but))
    for position, name in enumerate(skills):
        skill = make_skill(db, name)
        stored(db, RequestSkill(request_id=wanted.id, skill_id=skill.id, position=position))
    for position, words in enumerate(questions):
        make_question(db, wanted, words, position=position)
    index_request(db, wanted)
    return wanted


def make_question(
    db: Session, wanted: LearningRequest, text: str = "Where did you learn?", position: int = 0
) -> ScreeningQuestion:
    return stored(db, ScreeningQuestion(request_id=wanted.id, position=position, text=text))


def make_proposal(db: Session, wanted: LearningRequest, coach: Account, **but: Any) -> Proposal:
    """A submitted proposal."""
    status = but.setdefault("status", ProposalStatus.SUBMITTED)
    sent = now() - timedelta(days=1)
    but.setdefault(
        "message",
        "We would speak from the first minute, about markets and trains, and correct as we go.",
    )
    but.setdefault("sessions", 6)
    but.setdefault("minutes", 60)
    but.setdefault("price", 1800)
    but.setdefault("created_at", sent)
    but.setdefault("updated_at", but["created_at"])
    if status is not ProposalStatus.DRAFT:
        but.setdefault("submitted_at", sent)
        but.setdefault("expires_at", but["submitted_at"] + ANSWERED_WITHIN)
    if status not in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED):
        but.setdefault("ended_at", now())
    proposal = stored(db, Proposal(request_id=wanted.id, coach_id=coach.id, **but))
    index_request(db, wanted)
    return proposal


def make_version(db: Session, proposal: Proposal, number: int, **but: Any) -> ProposalVersion:
    """What a proposal said before; what is not named it says still."""
    for name in ("message", "sessions", "minutes", "price", "currency", "earliest", "links"):
        but.setdefault(name, getattr(proposal, name))
    but.setdefault("answers", [])
    but.setdefault("written_at", proposal.created_at)
    return stored(db, ProposalVersion(proposal_id=proposal.id, number=number, **but))


def make_answer(
    db: Session, proposal: Proposal, question: ScreeningQuestion, text: str = "At home, in Seville."
) -> ProposalAnswer:
    return stored(db, ProposalAnswer(proposal_id=proposal.id, question_id=question.id, text=text))


def make_bookmark(db: Session, wanted: LearningRequest, coach: Account, **but: Any) -> Bookmark:
    but.setdefault("created_at", now())
    return stored(db, Bookmark(request_id=wanted.id, coach_id=coach.id, **but))


def make_invitation(db: Session, wanted: LearningRequest, coach: Account, **but: Any) -> Invitation:
    """An open invitation without words; the thread is the test's to make."""
    but.setdefault("created_at", now() - timedelta(hours=2))
    return stored(db, Invitation(request_id=wanted.id, coach_id=coach.id, **but))


def make_thread(db: Session, student: Account, coach: Account, **but: Any) -> Thread:
    """An empty thread in which the student made contact; add messages with make_message."""
    but.setdefault("created_at", now() - timedelta(hours=3))
    but.setdefault("student_wrote_at", but["created_at"])
    return stored(db, Thread(student_id=student.id, coach_id=coach.id, **but))


def make_notice(
    db: Session, account: Account, name: str = "proposal_received", **but: Any
) -> Notice:
    """Something they were told a moment ago, and have not read."""
    number = next(_numbers)
    but.setdefault("kind", NoticeKind.PROPOSAL)
    but.setdefault("side", Side.STUDENT)
    but.setdefault("path", "/requests/mine")
    but.setdefault("detail", {"title": "Small talk in Spanish"})
    but.setdefault("created_at", now())
    return stored(db, Notice(key=f"{name}:{number}", account_id=account.id, name=name, **but))


def make_message(
    db: Session, thread: Thread, sender: Account, text: str = "Would Thursday suit you?", **but: Any
) -> Message:
    """The thread's next message, counted as the application counts."""
    at = but.setdefault("created_at", now())
    thread.last_number += 1
    thread.last_message_at = at
    thread.last_text = text[:200]
    thread.last_sender_id = sender.id
    if sender.id == thread.student_id:
        thread.student_read = thread.last_number
    else:
        thread.coach_read = thread.last_number
    return stored(
        db,
        Message(
            thread_id=thread.id,
            number=thread.last_number,
            sender_id=sender.id,
            text=text,
            search_text=message_entry(text, thread.student_id, thread.coach_id),
            **but,
        ),
    )


def make_block(db: Session, blocker: Account, blocked: Account) -> Block:
    """The first wants to hear nothing from the second."""
    return stored(db, Block(blocker_id=blocker.id, blocked_id=blocked.id, created_at=now()))


def make_report(db: Session, thread: Thread, reporter: Account, **but: Any) -> Report:
    """An open report about the other one of a thread, with the copy the test gives it."""
    other = thread.coach_id if reporter.id == thread.student_id else thread.student_id
    but.setdefault("reported_id", other)
    but.setdefault("reason", ReportReason.RUDE)
    but.setdefault("created_at", now() - timedelta(hours=1))
    if but.get("outcome"):
        but.setdefault("status", ReportStatus.CLOSED)
        but.setdefault("decided_at", now())
    return stored(db, Report(thread_id=thread.id, reporter_id=reporter.id, **but))


def make_copy(*lines: tuple[int, Account, str], reporter: Account) -> list[dict[str, Any]]:
    """Messages as a report keeps them."""
    return [
        {
            "number": number, "name": who.name, "is_reporter": who.id == reporter.id,
            "text": text, "sent_at": now().isoformat(),
        }
        for number, who, text in lines
    ]  # fmt: skip


def make_sign_in(db: Session, person: Account, **but: Any) -> SignIn:
    seen = but.setdefault("seen_at", now())
    but.setdefault("token_hash", next(_numbers).to_bytes(32, "big"))
    but.setdefault("created_at", seen)
    but.setdefault("proved_at", seen)
    but.setdefault("expires_at", seen + timedelta(days=30))
    return stored(db, SignIn(account_id=person.id, **but))


def make_mail_token(
    db: Session, person: Account, purpose: Purpose, secret: str, **but: Any
) -> MailToken:
    """What a mail's link with this secret proves, as if the mail had just left."""
    email = but.setdefault("email", person.email)
    but.setdefault("email_folded", unicodedata.normalize("NFC", email.lower()))
    but.setdefault("token_hash", hashlib.sha256(secret.encode()).digest())
    but.setdefault("created_at", now())
    but.setdefault("expires_at", now() + timedelta(minutes=30))
    return stored(db, MailToken(account_id=person.id, purpose=purpose, **but))


def make_mail(db: Session, person: Account, **but: Any) -> OutgoingMail:
    but.setdefault("key", f"test:{next(_numbers)}")
    but.setdefault("template", "password_changed")
    but.setdefault("recipient", person.email)
    but.setdefault("created_at", now())
    but.setdefault("due_at", but["created_at"])
    return stored(db, OutgoingMail(account_id=person.id, **but))


def make_letter(mail: OutgoingMail, settings: Any) -> Letter:
    """The mail as it is once it has been delivered into the data folder."""
    claimed = Claimed(
        id=mail.id, key=mail.key, template=mail.template, recipient=mail.recipient,
        detail=mail.detail or {}, first_name="", wants_link=False, token_id=None, purpose=None,
        attempts=1, created_at=mail.created_at, lease=mail.due_at,
    )  # fmt: skip
    letter = compose(claimed, "", settings)
    folder.write(settings.data_dir, letter, lambda: None)
    return letter
