"""What the demo world's people have done, show and wish for, as forms and pages would take it."""

from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from app.forms.fields import read_link
from app.onboarding import first_open, missing
from db.models.accounts import Account
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.portfolio_items import MOST_ITEMS, MOST_LINKS, PortfolioItem, PortfolioLink
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile, StudentSkill
from db.queries.coach_profiles import filled
from db.seeds import content
from tests.seeds.conftest import NOW
from tests.seeds.test_demo import account

HOSTS = {"github.com"}  # known to everybody; all others end in .example


def coaches(world, *, status):
    return world.scalars(select(CoachProfile).where(CoachProfile.status == status)).all()


@pytest.mark.parametrize("status", [CoachStatus.APPROVED, CoachStatus.SUBMITTED])
def test_whoever_was_sent_has_every_step_that_is_asked_for(world, status):
    for coach in coaches(world, status=status):
        assert missing(filled(world, coach.account_id)) == [], coach.handle
        assert coach.guidelines_accepted_at == coach.submitted_at <= NOW
        assert 500 <= coach.rate <= 50_000 and coach.rate % 100 == 0
        assert 5 <= len(coach.headline) <= 80 and 100 <= len(coach.bio) <= 5_000
        assert coach.birth_date.replace(year=coach.birth_date.year + 18) < NOW.date()


def test_mina_let_in_everybody_who_is_in(world):
    mina = account(world, "mina").id
    decided = {one.coach_id: one for one in world.scalars(select(CoachDecision))}
    for coach in coaches(world, status=CoachStatus.APPROVED):
        decision = decided[coach.account_id]
        assert (decision.staff_id, decision.outcome) == (mina, CoachStatus.APPROVED)
        assert (decision.submitted_at, decision.decided_at) == (
            coach.submitted_at,
            coach.approved_at,
        )


def test_noor_stands_at_her_portfolio(world):
    noor = filled(world, account(world, "noor").id)
    assert first_open(noor, set()).name == "portfolio"
    assert noor.goal and noor.skills and noor.experiences and noor.educations
    assert not noor.languages and not noor.headline and noor.birth_date is None


def test_staff_have_applications_to_read(world):
    waiting = sorted(coaches(world, status=CoachStatus.SUBMITTED), key=lambda one: one.submitted_at)
    assert [coach.handle for coach in waiting] == ["petra-novak", "elif-aydin"]
    assert waiting[0].submitted_at == NOW - timedelta(hours=30)
    [back] = coaches(world, status=CoachStatus.CHANGES_REQUESTED)
    comments = world.execute(
        select(StepComment.step)
        .join(CoachDecision, CoachDecision.id == StepComment.decision_id)
        .where(CoachDecision.coach_id == back.account_id)
    )
    assert set(comments.scalars()) == {"headline", "skills"}
    changed = [one for one in coaches(world, status=CoachStatus.APPROVED) if one.to_look_at]
    assert [one.to_look_at for one in changed] == [["headline"]]


def test_what_is_written_is_written_of_somebody():
    topics = [content.topic(name) for name in content.TOPICS]
    names = {coach.name for topic in topics for coach in topic.coaches}
    names |= {one.name for one in content.cast().people if one.coach}
    assert content.pasts().keys() <= names
    assert len(content.pasts()) >= len(names) * 2 // 3


def test_pasts_keep_to_the_limits_of_their_forms_and_to_time(world):
    born = dict(world.execute(select(CoachProfile.account_id, CoachProfile.birth_date)).all())
    for one in (*world.scalars(select(Experience)), *world.scalars(select(Education))):
        assert one.started <= (one.ended or NOW.date()) <= NOW.date()
        if born[one.account_id]:
            assert one.started.year - born[one.account_id].year >= 17
    for one in world.scalars(select(Experience)):
        assert 1 <= len(one.title) <= 100 >= len(one.company) and len(one.description) <= 1_000
    for one in world.scalars(select(Education)):
        assert 1 <= len(one.institution) <= 100 >= len(one.degree) and len(one.field) <= 100
    for name in ("carla", "cole", "dora"):
        mine = select(func.count()).where(Experience.account_id == account(world, name).id)
        assert world.scalar(mine)


def test_portfolios_show_links_that_a_form_would_take(world):
    items = world.scalars(select(PortfolioItem)).all()
    assert len(items) >= 20
    assert max(Counter(item.account_id for item in items).values()) <= MOST_ITEMS
    links = world.scalars(select(PortfolioLink)).all()
    per_item = Counter(link.item_id for link in links)
    assert set(per_item) == {item.id for item in items} and max(per_item.values()) <= MOST_LINKS
    for item in items:
        assert 5 <= len(item.title) <= 100 and 50 <= len(item.description) <= 2_000
    for link in links:
        assert read_link(link.address) == link.address and len(link.label) <= 80
        host = urlsplit(link.address).hostname
        assert host in HOSTS or host.endswith(".example")


@pytest.mark.parametrize("name", ["sofia", "sam", "dora"])
def test_students_of_the_cast_say_what_they_want_to_learn(world, name):
    person = account(world, name).id
    wishes = select(func.count()).where(StudentSkill.account_id == person)
    assert world.scalar(wishes) >= 2 and world.get(StudentProfile, person).goal


def test_a_third_of_the_students_wish_for_what_they_ask_for(world):
    wishing = set(world.scalars(select(StudentSkill.account_id).distinct()))
    asking = set(world.scalars(select(LearningRequest.student_id).distinct()))
    students = world.scalar(select(func.count()).select_from(StudentProfile))
    assert wishing <= asking and students / 5 < len(wishing) < students / 2


def test_languages_stand_in_the_order_they_were_written(world):
    for model in (CoachLanguage, StudentLanguage):
        places: dict[int, list[int]] = {}
        for account_id, position in world.execute(
            select(model.account_id, model.position).order_by(model.account_id, model.position)
        ):
            places.setdefault(account_id, []).append(position)
        assert all(one == list(range(1, len(one) + 1)) for one in places.values())


def test_nobody_has_a_number_that_rings(world):
    phones = [phone for phone in world.scalars(select(CoachProfile.phone)) if phone]
    assert len(phones) >= 3
    assert all("55501" in phone or phone.startswith("+447700900") for phone in phones)


def test_everybody_who_waits_is_a_person_with_a_home(world):
    for person in world.scalars(select(Account).join(Account.coach_profile)):
        assert person.country and person.time_zone != "UTC"
    assert date(1940, 1, 1) < min(
        one for one in world.scalars(select(CoachProfile.birth_date)) if one
    )
