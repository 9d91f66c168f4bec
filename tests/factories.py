"""One plain function for each thing: `make_proposal(db, wanted, carla, price=900)`.

Each makes the least that is valid; what the test is about is said by name. Nothing is committed
(the test browser commits what is pending before it asks for anything).
"""

import hashlib
import unicodedata
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.clock import now
from app.mail import folder
from app.mail.claims import Claimed
from app.mail.message import Letter, compose
from db.models.accounts import Account, Side
from db.models.bookmarks import Bookmark
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import (
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.mail_tokens import MailToken, Purpose
from db.models.messages import Message
from db.models.outgoing_mail import OutgoingMail
from db.models.portfolio_items import Category, PortfolioItem, PortfolioLink, PortfolioSkill
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus, StudentProfile
from db.models.proposals import Proposal, ProposalAnswer, ProposalStatus
from db.models.sign_ins import SignIn
from db.models.skills import LanguageLevel, Level, Skill, SkillLevel, SkillSynonym
from db.models.threads import Thread
from db.search_text import fold, search_text

PASSWORD = "learn-something-new"
# Argon2id of the password above, with the cheapest settings, so that tests do not wait for it.
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$EaLn8Cm3ZPnM0TiREQl94Q$Yr7fjtEIIw5yLCK/bSBssgxplUGYmZjkOnlraicLnM8"
)

T = TypeVar("T")
_numbers = count(1)


def make_account(db: Session, **but: Any) -> Account:
    number = next(_numbers)
    first = but.setdefault("first_name", "Person")
    but.setdefault("last_name", f"Number {number}")
    email = but.setdefault("email", f"{first.lower()}.{number}@skileez.example")
    but.setdefault("email_folded", unicodedata.normalize("NFC", email.lower()))
    but.setdefault("password_hash", PASSWORD_HASH)
    but.setdefault("created_at", a_while_ago())
    but.setdefault("email_confirmed_at", but["created_at"])
    return _stored(db, Account(**but))


def make_student(db: Session, account: Account | None = None, **but: Any) -> Account:
    """An account with a student side; `account` gains it, or a new one is made."""
    account = account or make_account(db)
    _stored(db, StudentProfile(account_id=account.id, created_at=account.created_at, **but))
    return account


def make_coach(db: Session, account: Account | None = None, **but: Any) -> Account:
    """An account with an approved coach side; `account` gains it, or a new one is made."""
    account = account or make_account(db, role_view=Side.COACH)
    but.setdefault("status", CoachStatus.APPROVED)
    but.setdefault("handle", f"{account.first_name}-{account.last_name}".lower().replace(" ", "-"))
    but.setdefault("headline", "Patient lessons for busy people")
    but.setdefault("bio", "I have taught for ten years, and I still look forward to it.")
    but.setdefault("rate", 1800)
    if but["status"] is CoachStatus.APPROVED:
        but.setdefault("approved_at", account.created_at)
    if but["status"] is not CoachStatus.DRAFT:
        but.setdefault("submitted_at", account.created_at)
    _stored(db, CoachProfile(account_id=account.id, created_at=account.created_at, **but))
    return account


def make_decision(
    db: Session, coach: Account, staff: Account, *, comments: dict[str, str] | None = None,
    **but: Any,
) -> CoachDecision:  # fmt: skip
    """What staff decided on a coach; the state of the coach stays as it is."""
    but = {"submitted_at": a_while_ago(), "decided_at": now()} | but
    but.setdefault("outcome", CoachStatus.APPROVED)
    decision = _stored(db, CoachDecision(coach_id=coach.id, staff_id=staff.id, **but))
    for step, words in (comments or {}).items():
        _stored(db, StepComment(decision_id=decision.id, step=step, text=words))
    return decision


def make_language(
    db: Session, account: Account, language: str, side: Side = Side.STUDENT,
    level: LanguageLevel = LanguageLevel.FLUENT,
) -> StudentLanguage | CoachLanguage:  # fmt: skip
    model = CoachLanguage if side is Side.COACH else StudentLanguage
    return _stored(db, model(account_id=account.id, language=language, level=level))


def make_experience(db: Session, coach: Account, **but: Any) -> Experience:
    """Where a coach works since March 2015."""
    but.setdefault("title", "Spanish teacher")
    but.setdefault("started", date(2015, 3, 1))
    return _stored(db, Experience(account_id=coach.id, **but))


def make_skill(db: Session, name: str = "Spanish", topic: str = "Languages") -> Skill:
    """The skill with this name: made once, then found."""
    folded = fold(name)
    known = db.query(Skill).filter_by(folded=folded).one_or_none()
    return known or _stored(db, Skill(name=name, folded=folded, topic=topic, created_at=now()))


def make_synonym(db: Session, name: str, of: str) -> SkillSynonym:
    """Another name for a skill, which is made if there is none."""
    skill = make_skill(db, of)
    return _stored(db, SkillSynonym(skill_id=skill.id, name=name, folded=fold(name)))


def make_coach_skill(
    db: Session, coach: Account, name: str, level: SkillLevel = SkillLevel.ANY, position: int = 0
) -> CoachSkill:
    skill = make_skill(db, name)
    return _stored(
        db, CoachSkill(account_id=coach.id, skill_id=skill.id, level=level, position=position)
    )


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
    but.setdefault("search_text", search_text(but["title"], but["description"], *skills))
    but.setdefault("created_at", posted)
    but.setdefault("updated_at", posted)
    if status is not RequestStatus.DRAFT:
        but.setdefault("posted_at", posted)
        but.setdefault("expires_at", posted + timedelta(days=60))
    if status not in (RequestStatus.DRAFT, RequestStatus.OPEN, RequestStatus.PAUSED):
        but.setdefault("ended_at", now())
    wanted = _stored(db, LearningRequest(student_id=student.id, **but))
    for position, name in enumerate(skills):
        skill = make_skill(db, name)
        _stored(db, RequestSkill(request_id=wanted.id, skill_id=skill.id, position=position))
    for position, words in enumerate(questions):
        make_question(db, wanted, words, position=position)
    return wanted


def make_question(
    db: Session, wanted: LearningRequest, text: str = "Where did you learn?", position: int = 0
) -> ScreeningQuestion:
    return _stored(db, ScreeningQuestion(request_id=wanted.id, position=position, text=text))


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
    if status is not ProposalStatus.DRAFT:
        but.setdefault("submitted_at", sent)
    if status not in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED):
        but.setdefault("ended_at", now())
    return _stored(db, Proposal(request_id=wanted.id, coach_id=coach.id, **but))


def make_answer(
    db: Session, proposal: Proposal, question: ScreeningQuestion, text: str = "At home, in Seville."
) -> ProposalAnswer:
    return _stored(db, ProposalAnswer(proposal_id=proposal.id, question_id=question.id, text=text))


def make_portfolio_item(
    db: Session, coach: Account, *, links: tuple[tuple[str, str], ...] = (("https://carla.example/", ""),),
    skills: tuple[str, ...] = (), **but: Any,
) -> PortfolioItem:  # fmt: skip
    """A piece of work; `links` are given with their names, `skills` as words."""
    but.setdefault("category", Category.TUTORIAL)
    but.setdefault("title", "Small talk at the market")
    but.setdefault("description", "Ten minutes that show how we would begin, with subtitles.")
    but.setdefault("created_at", now())
    item = _stored(db, PortfolioItem(account_id=coach.id, **but))
    for position, (address, label) in enumerate(links):
        link = PortfolioLink(item_id=item.id, position=position, address=address, label=label)
        _stored(db, link)
    for position, name in enumerate(skills):
        skill = make_skill(db, name)
        _stored(db, PortfolioSkill(item_id=item.id, skill_id=skill.id, position=position))
    return item


def make_bookmark(db: Session, wanted: LearningRequest, coach: Account, **but: Any) -> Bookmark:
    but.setdefault("created_at", now())
    return _stored(db, Bookmark(request_id=wanted.id, coach_id=coach.id, **but))


def make_thread(db: Session, student: Account, coach: Account, **but: Any) -> Thread:
    """An empty thread in which the student made contact; add messages with make_message."""
    but.setdefault("created_at", now() - timedelta(hours=3))
    but.setdefault("student_wrote_at", but["created_at"])
    return _stored(db, Thread(student_id=student.id, coach_id=coach.id, **but))


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
    return _stored(
        db,
        Message(
            thread_id=thread.id, number=thread.last_number, sender_id=sender.id, text=text, **but
        ),
    )


def make_sign_in(db: Session, person: Account, **but: Any) -> SignIn:
    seen = but.setdefault("seen_at", now())
    but.setdefault("token_hash", next(_numbers).to_bytes(32, "big"))
    but.setdefault("created_at", seen)
    but.setdefault("proved_at", seen)
    but.setdefault("expires_at", seen + timedelta(days=30))
    return _stored(db, SignIn(account_id=person.id, **but))


def make_mail_token(
    db: Session, person: Account, purpose: Purpose, secret: str, **but: Any
) -> MailToken:
    """What a mail's link with this secret proves, as if the mail had just left."""
    email = but.setdefault("email", person.email)
    but.setdefault("email_folded", unicodedata.normalize("NFC", email.lower()))
    but.setdefault("token_hash", hashlib.sha256(secret.encode()).digest())
    but.setdefault("created_at", now())
    but.setdefault("expires_at", now() + timedelta(minutes=30))
    return _stored(db, MailToken(account_id=person.id, purpose=purpose, **but))


def make_mail(db: Session, person: Account, **but: Any) -> OutgoingMail:
    but.setdefault("key", f"test:{next(_numbers)}")
    but.setdefault("template", "password_changed")
    but.setdefault("recipient", person.email)
    but.setdefault("created_at", now())
    but.setdefault("due_at", but["created_at"])
    return _stored(db, OutgoingMail(account_id=person.id, **but))


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


def a_while_ago() -> datetime:
    """Long enough for an account to be past the limits of its first hour."""
    return now() - timedelta(days=30)


def _stored(db: Session, thing: T) -> T:
    db.add(thing)
    db.flush()
    return thing
