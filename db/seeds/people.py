"""Accounts of the demo world with their two sides: the cast, the coaches, the students."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.base import Base
from db.models.accounts import Account, AccountStatus, Side, StaffRole
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.profiles import CoachGoal, CoachProfile, CoachSkill, CoachStatus, StudentProfile
from db.models.skills import LanguageLevel, SkillLevel
from db.search_text import fold
from db.seeds import content
from db.seeds.agreements import here_for
from db.seeds.content import CastPerson, CoachText
from db.seeds.pasts import add_past, add_wishes, born, decide, past_of
from db.seeds.world import Person, World

HOST = "skileez.example"
STAFF = {"mina": StaffRole.MODERATOR, "ada": StaffRole.ADMINISTRATOR}
COACH_STATES = {"noor": CoachStatus.DRAFT, "petra": CoachStatus.SUBMITTED}
# Numbers that are kept for films and never ring anywhere.
PHONES = {
    "Cole Bennett": "+12025550147", "Sid Gray": "+447700900412", "Wade Tully": "+15055550164",
    "Camille Fortin": "+16135550158", "Fiona Abernethy": "+447700900731",
}  # fmt: skip
CHANGED = {"Daniel Reyes": ["headline"]}  # since staff last looked
NEW_COACHES = 7  # every seventh coach has come only lately


def settle_people(world: World) -> None:
    """Everybody who lives in the demo world."""
    # Staff first: they let the coaches in.
    for one in sorted(content.cast().people, key=lambda one: one.key not in STAFF):
        _settle_cast(world, one)
    _settle_coaches(world)
    _settle_students(world)
    _settle_applicants(world)


def slug(name: str) -> str:
    """A name as it stands in an address: plain letters, words joined by hyphens."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(name.replace("'", "")))
    return "-".join(plain.split())


def _settle_cast(world: World, one: CastPerson) -> None:
    email = f"{slug(one.name.split(' ')[0])}@{HOST}"
    person = _settle(
        world, one.name, one.country, one.zone, email,
        world.ago(days=1000 if one.key in STAFF else max(240, here_for(one.name, one.key))),
        status=AccountStatus.SUSPENDED if one.key == "sid" else AccountStatus.ACTIVE,
        staff_role=STAFF.get(one.key),
        role_view=Side.STUDENT if one.speaks or one.coach is None else Side.COACH,
    )  # fmt: skip
    world.cast[one.key] = person
    if one.speaks:
        _add_student_side(world, person, one.speaks, one.bio, one.goal)
        add_wishes(world, person, one.wants)
        world.students.append(person)
    if one.coach:
        _add_coach_side(world, person, one.coach, COACH_STATES.get(one.key, CoachStatus.APPROVED))
        if person.approved and one.key != "sid":
            person.topic = "languages"
            world.coaches.append(person)


def _settle_coaches(world: World) -> None:
    number = 0
    for name, topic in world.topics.items():
        for text in topic.coaches:
            number += 1
            days = 20 if number % NEW_COACHES == 0 else world.chance.randint(170, 900)
            days = max(days, here_for(text.name))
            joined = world.between(world.ago(days=days + 1), world.ago(days=days))
            email = f"{slug(text.name).replace('-', '.')}@{HOST}"
            zone = _zone(text.country)
            person = _settle(
                world, text.name, text.country, zone, email, joined, role_view=Side.COACH
            )
            person.topic = name
            _add_coach_side(world, person, text, CoachStatus.APPROVED)
            world.coaches.append(person)


def _settle_students(world: World) -> None:
    known = content.people()
    bios = list(known.about.bios)
    lone = [(code, known.zones[code], *one) for code, one in known.lone.items()]
    homes = [
        (home.code, home.zone, name, home.speaks)
        for home in known.countries
        for name in home.people
    ]
    for country, zone, name, speaks in homes + lone:
        joined = world.between(world.ago(days=700), world.ago(days=135))
        joined = min(joined, world.ago(days=here_for(name)))
        email = f"{slug(name).replace('-', '.')}@{HOST}"
        person = _settle(world, name, country, zone, email, joined)
        bio = bios.pop() if bios and world.chance.random() < 0.3 else ""
        _add_student_side(world, person, speaks, bio, "")
        world.students.append(person)


def _settle_applicants(world: World) -> None:
    for one in content.applicants():
        text, joined = one.coach, world.ago(hours=one.hours + 70)
        email = f"{slug(text.name).replace('-', '.')}@{HOST}"
        person = _settle(
            world, text.name, text.country, _zone(text.country), email, joined, role_view=Side.COACH
        )
        _add_coach_side(world, person, text, one.status, world.ago(hours=one.hours))
        if one.status == CoachStatus.CHANGES_REQUESTED:
            decide(
                world, person, one.status, world.ago(hours=one.hours), world.ago(hours=one.decided),
                one.comments,
            )  # fmt: skip


def _zone(country: str) -> str:
    known = content.people()
    return known.zones.get(country) or next(
        home.zone for home in known.countries if home.code == country
    )


def _settle(
    world: World, name: str, country: str, zone: str, email: str, joined: datetime, **but: Any
) -> Person:
    first, last = name.split(" ", 1)
    number = world.rows.add(
        Account,
        first_name=first,
        last_name=last,
        email=email,
        email_folded=unicodedata.normalize("NFC", email.lower()),
        password_hash=world.password_hash,
        country=country,
        time_zone=zone,
        email_confirmed_at=joined + timedelta(minutes=world.chance.randint(2, 90)),
        created_at=joined,
        **but,
    )
    person = Person(number, name, country, joined, _currency(country), zone)
    world.record("account.created", joined, person, number)
    return person


def _currency(country: str) -> str:
    known = content.people()
    if country in known.euro:
        return "EUR"
    return next((home.currency for home in known.countries if home.code == country), "USD")


def _add_student_side(world: World, person: Person, speaks: str, bio: str, goal: str) -> None:
    world.rows.add(
        StudentProfile, account_id=person.id, bio=bio, goal=goal, created_at=person.joined
    )
    _add_languages(world, StudentLanguage, person, speaks)


def _add_coach_side(
    world: World, person: Person, text: CoachText, status: CoachStatus, sent: datetime | None = None
) -> None:
    person.coach = text
    sent = sent or person.joined + timedelta(hours=world.chance.randint(2, 40))
    if person is world.cast.get("petra"):
        sent = world.ago(hours=30)
    if status == CoachStatus.APPROVED:
        person.approved = sent + timedelta(hours=world.chance.randint(3, 50))
    is_sent = status != CoachStatus.DRAFT
    world.rows.add(
        CoachProfile,
        account_id=person.id,
        handle=slug(person.name),
        status=status,
        headline=text.headline,
        bio=text.bio,
        goal=Random(person.name).choice(list(CoachGoal)),
        birth_date=born(person) if is_sent else None,
        phone=PHONES.get(person.name, ""),
        rate=text.rate * 100 if text.rate else None,
        currency=text.currency or ("EUR" if person.currency == "EUR" else "USD"),
        created_at=person.joined,
        guidelines_accepted_at=sent if is_sent else None,
        submitted_at=sent if is_sent else None,
        to_look_at=CHANGED.get(person.name),
        approved_at=person.approved,
    )
    add_past(world.rows, world.skills, person.id, past_of(person), at=sent)
    _add_languages(world, CoachLanguage, person, text.languages)
    _add_skills(world, person, text.skills)
    if is_sent:
        steps = (CoachStatus.DRAFT, CoachStatus.SUBMITTED)
        world.record("coach_profile.submitted", sent, person, person.id, Side.COACH, steps)
    if person.approved:
        decide(world, person, CoachStatus.APPROVED, sent, person.approved)


def _add_skills(world: World, person: Person, skills: Sequence[str]) -> None:
    for position, skill in enumerate(skills, 1):
        world.rows.add(
            CoachSkill,
            account_id=person.id,
            skill_id=world.skills[skill],
            level=world.chance.choice([SkillLevel.ANY, SkillLevel.ANY, *SkillLevel]),
            position=position,
        )


def _add_languages(world: World, model: type[Base], person: Person, speaks: str) -> None:
    for position, one in enumerate(speaks.split(), 1):
        language, level = one.split(":")
        world.rows.add(
            model,
            account_id=person.id,
            language=language,
            level=LanguageLevel(level),
            position=position,
        )
