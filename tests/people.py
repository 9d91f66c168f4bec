"""The cast of the product: one fixture each, there when a test names the person."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, Side, StaffRole
from db.models.profiles import CoachStatus
from db.queries import viewers
from db.queries.viewers import GUEST, Viewer
from tests.factories import make_account, make_coach, make_coach_skill, make_language, make_student
from tests.profile_factories import indexed_once


@dataclass(frozen=True)
class Person:
    """Who somebody is, in the words of the product."""

    first_name: str
    last_name: str
    country: str
    time_zone: str
    speaks: tuple[str, ...] = ()
    student: bool = False
    coach: CoachStatus | None = None
    teaches: tuple[str, ...] = ()
    but: dict[str, Any] = field(default_factory=dict)


CAST = {
    "sofia": Person("Sofia", "Mwangi", "KE", "Africa/Nairobi", ("en", "sw"), student=True),
    "sam": Person("Sam", "Okafor", "NG", "Africa/Lagos", ("en",), student=True),
    "carla": Person(
        "Carla", "Ruiz", "ES", "Europe/Madrid", ("es", "en"),
        coach=CoachStatus.APPROVED, teaches=("Spanish",),
    ),
    "cole": Person(
        "Cole", "Bennett", "US", "America/New_York", ("en", "es"),
        coach=CoachStatus.APPROVED, teaches=("Spanish", "English"),
    ),
    "noor": Person("Noor", "Haddad", "JO", "Asia/Amman", ("ar",), coach=CoachStatus.DRAFT),
    "petra": Person("Petra", "Novak", "CZ", "Europe/Prague", ("cs",), coach=CoachStatus.SUBMITTED),
    "dora": Person(
        "Dora", "Lindqvist", "SE", "Europe/Stockholm", ("sv", "en"),
        student=True, coach=CoachStatus.APPROVED, teaches=("Piano",),
    ),
    "sid": Person(
        "Sid", "Gray", "GB", "Europe/London", ("en",), student=True, coach=CoachStatus.APPROVED,
        but={"status": AccountStatus.SUSPENDED},
    ),
    "mina": Person(
        "Mina", "Sato", "JP", "Asia/Tokyo", but={"staff_role": StaffRole.MODERATOR}
    ),
    "ada": Person(
        "Ada", "Cole-Martin", "FR", "Europe/Paris", but={"staff_role": StaffRole.ADMINISTRATOR}
    ),
}  # fmt: skip
# Nobody has heard from her address yet. Apart from the cast: the demo does not know her.
NEWCOMERS = {
    "nia": Person(
        "Nia", "Otieno", "KE", "Africa/Nairobi", ("en",), student=True, coach=CoachStatus.APPROVED,
        teaches=("Swahili",), but={"email_confirmed_at": None},
    ),
}  # fmt: skip


def make_person(db: Session, name: str) -> Account:
    """One of the cast with both profiles, languages and skills, as the test names them."""
    who = (CAST | NEWCOMERS)[name]
    account = make_account(
        db,
        first_name=who.first_name,
        last_name=who.last_name,
        email=f"{name}@skileez.example",
        country=who.country,
        time_zone=who.time_zone,
        role_view=Side.COACH if who.coach and not who.student else Side.STUDENT,
        **who.but,
    )
    with indexed_once(db):
        if who.student:
            make_student(db, account)
        if who.coach:
            make_coach(db, account, status=who.coach)
        for position, skill in enumerate(who.teaches):
            make_coach_skill(db, account, skill, position=position)
        for language in who.speaks:
            for side in (Side.STUDENT,) * who.student + (Side.COACH,) * bool(who.coach):
                make_language(db, account, language, side)
    return account


def as_viewer(db: Session, person: Account | None) -> Viewer:
    """The person as rules and actions see them; nobody is the guest."""
    return viewers.of_account(db, person.id) if person else GUEST


def _fixture(name: str) -> Any:
    def make(built: Any, db: Session) -> Account:
        known = built.ids.get("people", {}).get(name) if built else None
        return make_person(db, name) if known is None else db.get_one(Account, known)

    make.__doc__ = f"{(CAST | NEWCOMERS)[name].first_name}, as described above."
    return pytest.fixture(make, name=name)


FIXTURES = {name: _fixture(name) for name in CAST | NEWCOMERS}
