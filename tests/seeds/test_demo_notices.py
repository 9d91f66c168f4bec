"""What Sofia, Carla and the others of the demo world were told is what happened to them."""

from sqlalchemy import select

from db.models.accounts import Account, Side
from db.models.notices import Notice
from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from tests.seeds.conftest import NOW


def test_notices_stand_in_the_order_in_which_they_happened(world):
    told = world.scalars(select(Notice).order_by(Notice.id)).all()
    times = [one.created_at for one in told]
    assert times == sorted(times) and times[-1] <= NOW
    assert all(one.read_at is None or one.created_at <= one.read_at <= NOW for one in told)
    assert len(told) > 100
    assert all(one.mail_due_at is None for one in told)


def test_some_were_read_and_some_were_not_also_by_those_who_are_shown_around(world):
    unread = set(world.scalars(select(Notice.account_id).where(Notice.read_at.is_(None))))
    read = set(world.scalars(select(Notice.account_id).where(Notice.read_at.is_not(None))))
    for name in ("Sofia", "Carla"):
        [number] = world.scalars(
            select(Account.id).where(Account.email == f"{name.lower()}@skileez.example")
        )
        assert number in unread and number in read


def test_each_proposal_that_is_told_of_went_that_way(world):
    outcomes = {f"proposal_{status}": status for status in ProposalStatus}
    proposals = {f"/proposals/{one.id}": one for one in world.scalars(select(Proposal))}
    about = world.scalars(select(Notice).where(Notice.path.startswith("/proposals/")))
    told = [(notice, proposals[notice.path]) for notice in about]
    assert len(told) > 50
    for notice, proposal in told:
        if notice.name == "proposal_received":
            assert notice.created_at == proposal.submitted_at
        else:
            assert outcomes[notice.name] is proposal.status
            assert (notice.account_id, notice.side) == (proposal.coach_id, Side.COACH)
            assert notice.created_at == proposal.ended_at


def test_what_waits_in_a_thread_is_told_to_whoever_has_not_read_it(world):
    told = world.execute(
        select(Notice, Thread)
        .join(Thread, Thread.id == Notice.thread_id)
        .where(Notice.name == "message_unread")
    ).all()
    assert told
    for notice, thread in told:
        assert notice.read_at is None
        unread = thread.last_number - thread.read_by(notice.account_id)
        assert notice.detail["unread"] == unread > 0
