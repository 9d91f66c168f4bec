from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.base import Base
from db.models.accounts import Account, AccountStatus, Side, StaffRole
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus, StudentProfile
from db.models.proposals import Proposal, ProposalStatus
from db.models.reports import Report, ReportOutcome, ReportStatus
from db.models.skills import Skill
from db.models.threads import Thread
from db.search_text import fold
from db.seeds.demo import is_empty, plant
from tests.seeds.conftest import NOW

CAST = {
    "sofia": "Sofia Mwangi", "sam": "Sam Okafor", "carla": "Carla Ruiz", "cole": "Cole Bennett",
    "noor": "Noor Haddad", "petra": "Petra Novak", "dora": "Dora Lindqvist", "sid": "Sid Gray",
    "mina": "Mina Sato", "ada": "Ada Cole-Martin",
}  # fmt: skip


def account(db, name):
    return db.scalars(select(Account).where(Account.email == f"{name}@skileez.example")).one()


def count(db, model, *where):
    return db.scalar(select(func.count()).select_from(model).where(*where))


def dump(db):
    return {
        table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


def test_two_plantings_are_equal(planted, new_database):
    from db.migrate import migrate

    other = new_database()
    migrate(other)
    with other.writing() as db:
        assert is_empty(db)
        plant(db, now=NOW, password_hash="hash", progress=lambda done, total: None)
    with planted.reading() as first, other.reading() as second:
        assert not is_empty(first)
        assert dump(first) == dump(second)


def test_progress_is_told_to_the_end(database):
    told = []
    with database.writing() as db:
        plant(db, now=NOW, password_hash="hash", progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 5_000


@pytest.mark.parametrize("name", CAST)
def test_everybody_in_the_cast_lives_here(world, name):
    person = account(world, name)
    assert person.name == CAST[name]
    assert person.password_hash == "hash"
    assert person.has_confirmed_email


def test_the_sides_and_states_of_the_cast(world):
    coaches = {name: world.get(CoachProfile, account(world, name).id) for name in CAST}
    assert coaches["carla"].handle == "carla-ruiz"
    for name in ("carla", "cole", "dora"):
        assert coaches[name].status == CoachStatus.APPROVED
    assert coaches["noor"].status == CoachStatus.DRAFT
    assert coaches["petra"].status == CoachStatus.SUBMITTED
    assert coaches["sofia"] is coaches["sam"] is None
    for name in ("sofia", "sam", "dora"):
        assert world.get(StudentProfile, account(world, name).id)
    assert account(world, "carla").role_view == Side.COACH
    assert account(world, "sofia").role_view == Side.STUDENT
    assert account(world, "sid").status == AccountStatus.SUSPENDED
    assert account(world, "mina").staff_role == StaffRole.MODERATOR
    assert account(world, "ada").staff_role == StaffRole.ADMINISTRATOR


def test_noor_has_stopped_half_way(world):
    noor = account(world, "noor")
    profile = world.get(CoachProfile, noor.id)
    assert (profile.headline, profile.bio, profile.rate) == ("", "", None)
    assert count(world, CoachSkill, CoachSkill.account_id == noor.id) == 3


def test_sofias_request_waits_with_carlas_and_coles_proposals(world):
    wanted = world.scalars(
        select(LearningRequest).where(
            LearningRequest.title == "Conversational Spanish before I move to Madrid"
        )
    ).one()
    assert wanted.student_id == account(world, "sofia").id
    assert wanted.status == RequestStatus.OPEN
    for coach in ("carla", "cole"):
        sent = world.scalars(
            select(Proposal).where(
                Proposal.request_id == wanted.id, Proposal.coach_id == account(world, coach).id
            )
        ).one()
        assert sent.status == ProposalStatus.SUBMITTED


@pytest.mark.parametrize(
    ("name", "side"),
    [("sofia", "student"), ("carla", "coach"), ("dora", "student"), ("dora", "coach")],
)
def test_some_threads_are_unread_and_some_are_read(world, name, side):
    person = account(world, name).id
    mine = Thread.student_id == person if side == "student" else Thread.coach_id == person
    read = Thread.student_read if side == "student" else Thread.coach_read
    unread = count(world, Thread, mine, read < Thread.last_number)
    assert 0 < unread <= 4
    if name != "dora":
        assert count(world, Thread, mine, read == Thread.last_number) > 0


def test_there_is_enough_of_everything(world):
    assert 80 <= count(world, CoachProfile) <= 90
    assert 165 <= count(world, LearningRequest) <= 180
    assert 380 <= count(world, Proposal) <= 420
    assert 1_900 <= count(world, Message) <= 2_100
    assert count(world, Skill) >= 600
    is_open = LearningRequest.status == RequestStatus.OPEN
    assert count(world, LearningRequest, is_open) > count(world, LearningRequest) / 2
    found = set(world.scalars(select(LearningRequest.status).distinct()))
    assert found == set(RequestStatus)
    assert set(world.scalars(select(Proposal.status).distinct())) == set(ProposalStatus)


def test_coaches_ask_for_a_believable_rate(world):
    rates = world.execute(select(CoachProfile.rate, CoachProfile.currency)).all()
    for rate, currency in rates:
        assert rate is None or (500 <= rate <= 12_000 and rate % 100 == 0)
        assert currency in ("USD", "EUR", "GBP")
    used = set(world.scalars(select(LearningRequest.currency).distinct()))
    assert used == {"USD", "EUR", "GBP", "KES", "INR"}


def test_skills_are_folded_as_searches_are(world):
    for skill in world.scalars(select(Skill)):
        assert skill.folded == fold(skill.name)
        assert skill.topic


def test_sid_was_told_why_and_two_reports_wait_for_mina(world):
    sid = account(world, "sid")
    [decided] = world.scalars(select(Report).where(Report.status == ReportStatus.CLOSED))
    assert (decided.reported_id, decided.outcome) == (sid.id, ReportOutcome.SUSPENDED)
    assert decided.decided_by_id == account(world, "mina").id and len(decided.decision) > 100
    waiting = list(world.scalars(select(Report).where(Report.status == ReportStatus.OPEN)))
    assert len(waiting) == 2
    for report in (decided, *waiting):
        said = world.scalars(select(Message).where(Message.thread_id == report.thread_id))
        texts = [message.text for message in said if message.created_at <= report.created_at]
        assert [line["text"] for line in report.copy] == texts != []


def test_nothing_happens_in_the_future(world):
    planned = (
        "expires_at", "to_look_at", "starts_at", "ends_at", "offered_starts_at", "opens_at",
    )  # fmt: skip
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if column.name.endswith("_at") and column.name not in planned:
                last = world.scalar(select(func.max(column)))
                assert last is None or last <= NOW, f"{table.name}.{column.name}"
    assert world.scalar(select(func.max(Message.created_at))) > NOW - timedelta(days=1)
