"""People and their profiles, as tests need them; tests import them from tests.factories."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.actions.search_entries import index_coach
from app.clock import now
from db.models.accounts import Account, Side
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import Category, PortfolioItem, PortfolioLink, PortfolioSkill
from db.models.profiles import (
    CoachGoal,
    CoachProfile,
    CoachSkill,
    CoachStatus,
    StudentProfile,
    StudentSkill,
)
from db.models.skills import LanguageLevel, Skill, SkillLevel, SkillSynonym
from db.search_text import fold

PASSWORD = "learn-something-new"
# Argon2id of the password above, with the cheapest settings, so that tests do not wait for it.
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$EaLn8Cm3ZPnM0TiREQl94Q$Yr7fjtEIIw5yLCK/bSBssgxplUGYmZjkOnlraicLnM8"
)
# Two by two pixels of one green.
WEBP = bytes.fromhex(
    "524946462a00000057454250565038201e0000003001009d012a02000200"
    "0cc0ce25a000037000fed7907f4974b988000000"
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
    return stored(db, Account(**but))


def make_student(db: Session, account: Account | None = None, **but: Any) -> Account:
    """An account with a student side; `account` gains it, or a new one is made."""
    account = account or make_account(db)
    stored(db, StudentProfile(account_id=account.id, created_at=account.created_at, **but))
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
    stored(db, CoachProfile(account_id=account.id, created_at=account.created_at, **but))
    _index(db, account.id)
    return account


def make_claimed(db: Session, staff: Account, minutes: int = 30) -> Account:
    """A coach who waits, whose application this member of staff holds for so long."""
    until = now() + timedelta(minutes=minutes)
    held = {"claimed_by_id": staff.id, "claimed_until": until}
    return make_coach(db, status=CoachStatus.SUBMITTED, **held)


def make_changed(db: Session, coach: Account, *what: str) -> Account:
    """An approved coach who has changed this since staff looked."""
    db.get_one(CoachProfile, coach.id).to_look_at = list(what)
    return coach


def make_decision(
    db: Session, coach: Account, staff: Account, *, comments: dict[str, str] | None = None,
    **but: Any,
) -> CoachDecision:  # fmt: skip
    """What staff decided on a coach; the state of the coach stays as it is."""
    but = {"submitted_at": a_while_ago(), "decided_at": now()} | but
    but.setdefault("outcome", CoachStatus.APPROVED)
    decision = stored(db, CoachDecision(coach_id=coach.id, staff_id=staff.id, **but))
    for step, words in (comments or {}).items():
        stored(db, StepComment(decision_id=decision.id, step=step, text=words))
    return decision


def make_language(
    db: Session, account: Account, language: str, side: Side = Side.STUDENT,
    level: LanguageLevel = LanguageLevel.FLUENT,
) -> StudentLanguage | CoachLanguage:  # fmt: skip
    model = CoachLanguage if side is Side.COACH else StudentLanguage
    entry = stored(db, model(account_id=account.id, language=language, level=level))
    if side is Side.COACH:
        _index(db, account.id)
    return entry


def make_experience(db: Session, coach: Account, **but: Any) -> Experience:
    """Where a coach works since March 2015."""
    but.setdefault("title", "Spanish teacher")
    but.setdefault("started", date(2015, 3, 1))
    return stored(db, Experience(account_id=coach.id, **but))


def make_skill(db: Session, name: str = "Spanish", topic: str = "Languages") -> Skill:
    """The skill with this name: made once, then found."""
    folded = fold(name)
    known = db.query(Skill).filter_by(folded=folded).one_or_none()
    return known or stored(db, Skill(name=name, folded=folded, topic=topic, created_at=now()))


def make_synonym(db: Session, name: str, of: str) -> SkillSynonym:
    """Another name for a skill, which is made if there is none."""
    skill = make_skill(db, of)
    return stored(db, SkillSynonym(skill_id=skill.id, name=name, folded=fold(name)))


def make_coach_skill(
    db: Session, coach: Account, name: str, level: SkillLevel = SkillLevel.ANY, position: int = 0
) -> CoachSkill:
    skill = make_skill(db, name)
    taught = CoachSkill(account_id=coach.id, skill_id=skill.id, level=level, position=position)
    stored(db, taught)
    _index(db, coach.id)
    return taught


def make_portfolio_item(
    db: Session, coach: Account, *,
    links: tuple[tuple[str, str], ...] = (("https://carla.example/", ""),),
    skills: tuple[str, ...] = (), **but: Any,
) -> PortfolioItem:  # fmt: skip
    """A piece of work; `links` are given with their names, `skills` as words."""
    but.setdefault("category", Category.TUTORIAL)
    but.setdefault("title", "Small talk at the market")
    but.setdefault("description", "Ten minutes that show how we would begin, with subtitles.")
    but.setdefault("created_at", now())
    item = stored(db, PortfolioItem(account_id=coach.id, **but))
    for position, (address, label) in enumerate(links):
        link = PortfolioLink(item_id=item.id, position=position, address=address, label=label)
        stored(db, link)
    for position, name in enumerate(skills):
        skill = make_skill(db, name)
        stored(db, PortfolioSkill(item_id=item.id, skill_id=skill.id, position=position))
    return item


def make_whole_coach(db: Session, account: Account | None = None, **but: Any) -> Account:
    """A coach whose nine steps are complete: what may be sent for approval, or has been."""
    account = account or make_account(db, role_view=Side.COACH)
    account.country = account.country or "ES"
    account.time_zone = "Europe/Madrid" if account.time_zone == "UTC" else account.time_zone
    but.setdefault("goal", CoachGoal.SIDE_INCOME)
    but.setdefault(
        "bio",
        "I have taught for ten years, and I still look forward to it. We speak from the first "
        "minute, and you say more each time.",
    )
    but.setdefault("birth_date", date(1988, 5, 17))
    if but.get("status", CoachStatus.APPROVED) is not CoachStatus.DRAFT:
        but.setdefault("guidelines_accepted_at", account.created_at)
    make_coach(db, account, **but)
    make_coach_skill(db, account, "Spanish")
    make_language(db, account, "es", Side.COACH, LanguageLevel.NATIVE)
    return account


def make_education(db: Session, coach: Account, **but: Any) -> Education:
    """Where a coach studied from 2006 to 2011."""
    but.setdefault("institution", "University of Seville")
    but.setdefault("started", date(2006, 9, 1))
    but.setdefault("ended", date(2011, 6, 1))
    return stored(db, Education(account_id=coach.id, **but))


def make_picture(
    db: Session, account: Account, kind: PictureKind = PictureKind.COACH, **but: Any
) -> Picture:
    """A picture that nothing shows yet; its token is as long as a real one."""
    but.setdefault("token", f"{next(_numbers):043}")
    but.setdefault("content", WEBP)
    but.setdefault("created_at", now())
    return stored(db, Picture(account_id=account.id, kind=kind, **but))


def make_shown_picture(db: Session, student: Account) -> Picture:
    """A picture of a student that stands on their page."""
    picture = make_picture(db, student, PictureKind.STUDENT)
    db.get_one(StudentProfile, student.id).picture_id = picture.id
    return picture


def make_student_skill(
    db: Session, student: Account, name: str = "Spanish", position: int = 0
) -> StudentSkill:
    """What a student would like to learn."""
    skill = make_skill(db, name)
    return stored(db, StudentSkill(account_id=student.id, skill_id=skill.id, position=position))


def a_while_ago() -> datetime:
    """Long enough for an account to be past the limits of its first hour."""
    return now() - timedelta(days=30)


@contextmanager
def indexed_once(db: Session) -> Iterator[None]:
    """Searches find whoever is made meanwhile afterwards: looked at once, not after each entry."""
    db.info["to index"] = coaches = dict[int, None]()
    try:
        yield
    finally:
        del db.info["to index"]
    for number in coaches:
        index_coach(db, number)


def _index(db: Session, coach_id: int) -> None:
    if "to index" in db.info:
        db.info["to index"][coach_id] = None
    else:
        index_coach(db, coach_id)


def stored(db: Session, thing: T) -> T:
    db.add(thing)
    db.flush()
    return thing
