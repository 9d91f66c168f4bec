"""Crowds for load tests: as many requests as asked for, with people and talks to match."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from itertools import count, islice
from random import Random

from sqlalchemy.orm import Session

from db.engine import Database
from db.models.accounts import Account, Side
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.profiles import (
    CoachGoal,
    CoachProfile,
    CoachSkill,
    CoachStatus,
    StudentProfile,
    StudentSkill,
)
from db.models.skills import LanguageLevel, SkillLevel
from db.seeds import content
from db.seeds.load_contracts import rate
from db.seeds.load_requests import Crowd, ask
from db.seeds.pasts import add_past
from db.seeds.people import HOST, slug
from db.seeds.rows import Progress, Rows
from db.seeds.search_entries import index_coaches, index_later, newest
from db.seeds.skills import list_skills
from db.seeds.world import SEED

REQUESTS_FOR_A_COACH = 5
BATCH = 1_000  # requests in one transaction, so that memory stays flat and others may write between


def fill(
    database: Database, size: int, *, now: datetime, password_hash: str, progress: Progress,
    coaches: int | None = None, talks: bool = True,
) -> None:  # fmt: skip
    """Add `size` requests with a fifth as many coaches, five proposals and a talk of ten each."""
    crowd = Crowd(now.replace(microsecond=0), Random(SEED + size), talks=talks)
    with database.writing() as db:
        crowd.skills = list_skills(db, at=crowd.ago(1000))
        crowd.learning.know_fees(db)
        before = newest(db)
    coaches = -(-size // REQUESTS_FOR_A_COACH) if coaches is None else coaches
    done, total = 0, coaches + size
    for some in _shares(coaches):
        with database.writing() as db:
            rows = Rows(db)
            for _ in range(some):
                _add_coach(crowd, rows, password_hash)
            _write(db, rows)
        done += some
        progress(done, total)
    for some in _shares(size):
        with database.writing() as db:
            rows = Rows(db)
            _add_students(crowd, rows, password_hash, some)
            _write(db, rows)
        done += some
        progress(done, total)
    with database.writing() as db:
        rate(db, crowd.learning)
        index_coaches(db, before[1])


def _write(db: Session, rows: Rows) -> None:
    last = newest(db)
    rows.write()
    index_later(db, last)


def _shares(total: int) -> Iterator[int]:
    for begun in islice(count(0, BATCH), -(-total // BATCH)):
        yield min(BATCH, total - begun)


def _add_students(crowd: Crowd, rows: Rows, password_hash: str, requests: int) -> None:
    left = requests
    while left:
        number = _add_account(crowd, rows, password_hash, Side.STUDENT)
        joined = crowd.ago(200)
        rows.add(StudentProfile, account_id=number, created_at=joined)
        rows.add(
            StudentLanguage, account_id=number, language="en", level=LanguageLevel.CONVERSATIONAL
        )
        if number % 3 == 0:
            skill = crowd.skills[crowd.one_of(crowd.one_of(crowd.pools).skills)]
            rows.add(StudentSkill, account_id=number, skill_id=skill, position=1)
        wishes = min(left, crowd.chance.randint(1, 4))
        met: set[int] = set()
        for _ in range(wishes):
            ask(crowd, rows, number, met)
        left -= wishes


def _add_coach(crowd: Crowd, rows: Rows, password_hash: str) -> None:
    chance = crowd.chance
    place = crowd.next_place()
    number = _add_account(crowd, rows, password_hash, Side.COACH)
    crowd.coaches[place].append(number)
    texts = crowd.coach_texts[place]
    text = chance.choice(texts)
    rows.add(
        CoachProfile,
        account_id=number,
        handle=f"{_slug(crowd.name(number))}-{number}",
        status=CoachStatus.APPROVED,
        headline=chance.choice(texts).headline,
        bio=text.bio,
        goal=CoachGoal.SIDE_INCOME,
        birth_date=date(1950 + number % 20, 1 + number % 12, 1 + number % 28),
        rate=chance.randint(5, 120) * 100,
        guidelines_accepted_at=crowd.ago(199),
        submitted_at=crowd.ago(199),
        created_at=crowd.ago(200),
        approved_at=crowd.ago(130 + 60 * chance.random()),
    )
    past = crowd.pasts[number % len(crowd.pasts)]
    add_past(rows, crowd.skills, number, past, at=crowd.ago(199))
    for position, (language, level) in enumerate(
        (("en", LanguageLevel.FLUENT), (_home_language(text), LanguageLevel.NATIVE)), 1
    ):
        rows.add(
            CoachLanguage, account_id=number, language=language, level=level, position=position
        )
    known = crowd.pools[place].skills
    for position, skill in enumerate(chance.sample(known, min(3, len(known))), 1):
        rows.add(
            CoachSkill,
            account_id=number,
            skill_id=crowd.skills[skill],
            level=SkillLevel.ANY,
            position=position,
        )


def _home_language(text: content.CoachText) -> str:
    spoken = [one.split(":")[0] for one in text.languages.split()]
    return next((language for language in spoken if language != "en"), "fr")


def _add_account(crowd: Crowd, rows: Rows, password_hash: str, side: Side) -> int:
    number = rows.number(Account)
    first, last = crowd.name(number).split(" ", 1)
    email = f"{_slug(crowd.name(number))}.{number}@{HOST}"
    country, zone = crowd.homes[number % len(crowd.homes)]
    joined = crowd.ago(200 + 500 * crowd.chance.random())
    return rows.add(
        Account,
        id=number,
        first_name=first,
        last_name=last,
        email=email,
        email_folded=email,
        password_hash=password_hash,
        role_view=side,
        country=country,
        time_zone=zone,
        email_confirmed_at=joined,
        created_at=joined,
    )


@cache
def _slug(name: str) -> str:
    return slug(name)
