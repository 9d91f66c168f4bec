"""A form that saves itself while its coach presses Send, changes or deletes: one thing happens."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clock import now
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.proposal_versions import ProposalVersion
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_proposal
from tests.races.test_proposals import FORM as WORDS
from tests.races.test_proposals import _apart, at_once, wanted

__all__ = ["at_once", "wanted"]  # fixtures of the other races
pytestmark = pytest.mark.usefixtures("real_database")

MANY = 10
FORM = {**WORDS, "page": "one tab"}
BEGUN = {"message": ["We"], "page": ["one tab"]}


def typed(number):
    return {**FORM, "message": f"Word {number}"}


def changed(**but):
    return {**FORM, "minutes": "60", "version": "1", **but}


def test_many_savings_leave_one_draft(db, wanted, carla, at_once):
    path = f"/requests/{wanted.id}/proposals/draft"
    answers = at_once([(carla, path, typed(number)) for number in range(MANY)])
    assert {answer.status for answer in answers} == {303}
    draft = db.query(Proposal).one()
    assert draft.status is ProposalStatus.DRAFT
    assert draft.typed["message"][0] in {f"Word {number}" for number in range(MANY)}
    assert db.query(Event).filter_by(name="proposal.drafted").count() == 1


@pytest.mark.parametrize("is_begun", [False, True])
def test_what_is_sent_while_it_saves_itself_is_sent(db, wanted, carla, at_once, is_begun):
    if is_begun:
        make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT, typed=BEGUN)
    path = f"/requests/{wanted.id}/proposals"
    saving = [(carla, f"{path}/draft", typed(number)) for number in range(MANY)]
    answers = at_once([*saving[: MANY // 2], (carla, path, FORM), *saving[MANY // 2 :]])
    assert answers[MANY // 2].status == 303
    assert {answer.status for answer in answers} <= {303, 409}
    proposal = db.query(Proposal).one()
    assert proposal.status is ProposalStatus.SUBMITTED and proposal.typed is None
    assert proposal.message == FORM["message"].strip()


def test_one_draft_sent_ten_times_is_one_proposal(db, wanted, carla, at_once):
    make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT, typed=BEGUN)
    answers = at_once([(carla, f"/requests/{wanted.id}/proposals", FORM)] * MANY)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert all(answer.says("already sent") for answer in answers if answer.is_conflict)
    assert db.query(Proposal).one().is_pending
    assert db.query(OutgoingMail).count() == 1


def test_sending_against_deleting_leaves_a_proposal(db, wanted, carla, at_once):
    draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT, typed=BEGUN)
    path = f"/requests/{wanted.id}/proposals"
    sent, deleted = at_once([(carla, path, FORM), (carla, f"/proposals/{draft.id}/delete", {})])
    assert sent.status == 303 and deleted.status in (303, 409)
    assert db.query(Proposal).one().is_pending


@pytest.mark.parametrize("first", ["edit", "accept"])
def test_a_change_against_an_acceptance_has_one_winner(db, wanted, sofia, carla, at_once, first):
    proposal = make_proposal(db, wanted, carla, first_viewed_at=now(), seen_version=1)
    path = f"/proposals/{proposal.id}"
    posts = [
        (carla, f"{path}/edit", changed(price="44")),
        (sofia, f"{path}/accept", {"version": "1"}),
    ]
    answers = at_once(posts if first == "edit" else posts[::-1])
    edit, accept = answers if first == "edit" else answers[::-1]
    assert sorted((edit.status, accept.status)) == [303, 409]
    if accept.status == 303:
        assert proposal.is_accepted and (proposal.price, proposal.version) == (1800, 1)
        assert edit.says("accepted this proposal") and wanted.status is RequestStatus.FILLED
    else:
        assert proposal.is_pending and (proposal.price, proposal.version) == (4400, 2)
        assert accept.says("$44") and accept.says("$18") and wanted.is_open


def test_two_changes_of_one_version_are_one(db, wanted, carla, at_once):
    proposal = make_proposal(db, wanted, carla, first_viewed_at=now(), seen_version=1)
    path = f"/proposals/{proposal.id}/edit"
    answers = at_once([(carla, path, changed(price=str(20 + n))) for n in range(MANY)])
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert proposal.version == 2 and db.query(ProposalVersion).count() == 1
    assert db.query(OutgoingMail).filter_by(template="proposal_changed").count() == 1


def test_a_change_after_the_first_look_always_makes_a_version(
    browser, db, wanted, sofia, carla, real_database
):
    for _ in range(5):
        db.query(Proposal).update({"status": ProposalStatus.WITHDRAWN})
        proposal = make_proposal(db, wanted, carla)
        looks, edits = _apart(browser.as_(sofia)), _apart(browser.as_(carla))
        path = f"/proposals/{proposal.id}"
        browser.settle()
        with ThreadPoolExecutor(2) as pool:
            seen = pool.submit(looks.get, path)
            edit = pool.submit(edits.post, f"{path}/edit", changed(price="44"))
        browser.settle()
        assert seen.result().is_good and edit.result().status == 303
        names = history(db, proposal)
        assert sorted(names) == ["proposal.updated", "proposal.viewed"]
        # What she reads is never written over, even if her look is noted after the change.
        assert proposal.version == (1 if seen.result().says("$44") else 2)
        kept = db.query(ProposalVersion).filter_by(proposal_id=proposal.id).count()
        assert kept == (1 if names[0] == "proposal.viewed" else 0)


def history(db, proposal):
    events = db.query(Event).filter_by(subject="proposal", subject_id=proposal.id)
    return [event.name for event in events.order_by(Event.id)]
