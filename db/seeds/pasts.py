"""What people of the demo world have done, show and wish for, and what staff said of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import Random

from db.models.coach_decisions import CoachDecision, StepComment
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.portfolio_items import PortfolioItem, PortfolioLink, PortfolioSkill
from db.models.profiles import CoachStatus, StudentSkill
from db.seeds import content
from db.seeds.content import Past
from db.seeds.rows import Rows
from db.seeds.world import Person, World

NOTHING = Past()
OWN_WISHES = 3  # of so many students one has said what they would like to learn
MOST_WISHES = 5


def past_of(person: Person) -> Past:
    """What is written of this coach; nothing of most."""
    return content.pasts().get(person.name, NOTHING)


def add_past(
    rows: Rows, skills: Mapping[str, int], coach_id: int, past: Past, *, at: datetime
) -> None:
    """Where a coach has worked and learned, and what there is to see of it."""
    for position, (start, end, title, company, words) in enumerate(past.experience, 1):
        rows.add(
            Experience, account_id=coach_id, position=position, title=title, company=company,
            description=words, started=_month(start), ended=_month(end) if end else None,
        )  # fmt: skip
    for position, (start, end, school, degree, field) in enumerate(past.education, 1):
        rows.add(
            Education, account_id=coach_id, position=position, institution=school, degree=degree,
            field=field, started=_month(start), ended=_month(end) if end else None,
        )  # fmt: skip
    for position, shown in enumerate(past.portfolio, 1):
        number = rows.add(
            PortfolioItem, account_id=coach_id, position=position, category=shown.category,
            title=shown.title, description=shown.about, created_at=at,
        )  # fmt: skip
        for place, (address, label) in enumerate(shown.links):
            rows.add(PortfolioLink, item_id=number, position=place, address=address, label=label)
        for place, skill in enumerate(shown.skills):
            rows.add(PortfolioSkill, item_id=number, skill_id=skills[skill], position=place)


def born(person: Person) -> date:
    """Old enough to have done all that by now."""
    chance = Random(f"born {person.name}")
    past = past_of(person)
    begun = [
        *(_month(start).year - chance.randint(21, 28) for start, *_ in past.experience),
        *(_month(start).year - 19 for start, *_ in past.education),
    ]
    year = min(begun, default=chance.randint(1966, 1998))
    return date(year, chance.randint(1, 12), chance.randint(1, 28))


def decide(
    world: World,
    person: Person,
    outcome: CoachStatus,
    sent: datetime,
    at: datetime,
    comments: Mapping[str, str] = {},
) -> None:
    """Mina reads every application."""
    mina = world.cast["mina"]
    number = world.rows.add(
        CoachDecision,
        coach_id=person.id,
        staff_id=mina.id,
        outcome=outcome,
        submitted_at=sent,
        decided_at=at,
    )
    for step, text in comments.items():
        world.rows.add(StepComment, decision_id=number, step=step, text=text)
    change = (CoachStatus.SUBMITTED, outcome)
    world.record(f"coach_profile.{outcome}", at, mina, person.id, change=change)


def add_wishes(world: World, person: Person, skills: Sequence[str]) -> None:
    """What a student would like to learn."""
    for position, skill in enumerate(skills, 1):
        world.rows.add(
            StudentSkill, account_id=person.id, skill_id=world.skills[skill], position=position
        )


def tell_wishes(world: World) -> None:
    """A third of the students have said so on their profile, too."""
    cast = set(world.cast.values())
    for person in [one for one in world.students if one not in cast][::OWN_WISHES]:
        asked = [wanted.text.skills for wanted in world.requests if wanted.student is person]
        skills = list(dict.fromkeys(skill for some in asked for skill in some))
        add_wishes(world, person, skills[:MOST_WISHES])


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
