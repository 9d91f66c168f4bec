"""A block between a student and a coach whose proposal was sent before it."""

import pytest

from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from tests.factories import make_block, make_proposal, make_request, make_thread

WORDS = "We would speak from the first minute, about other markets and trains. " * 3
CHANGED = {
    "message": WORDS, "sessions": "6", "minutes": "60", "price": "18", "version": "1",
    "action": "save",
}  # fmt: skip
EITHER = pytest.mark.parametrize("student_blocks", [True, False])


@pytest.fixture
def proposal(db, sofia, carla):
    make_thread(db, sofia, carla)
    return make_proposal(db, make_request(db, sofia), carla)


def block(db, sofia, carla, student_blocks):
    make_block(db, *((sofia, carla) if student_blocks else (carla, sofia)))
    db.commit()


@EITHER
def test_carla_cannot_put_new_words_before_sofia(
    browser, db, proposal, sofia, carla, student_blocks
):
    here = f"/proposals/{proposal.id}"
    block(db, sofia, carla, student_blocks)
    assert "Change it" not in browser.as_(carla).get(here).text
    answer = browser.as_(carla).post(f"{here}/edit", CHANGED)
    assert answer.status == 403 and "cannot be changed at the moment" in answer.text
    db.expire_all()
    assert db.get_one(Proposal, proposal.id).message != WORDS.strip()


@EITHER
def test_sofia_cannot_accept_carla_who_would_learn_who_she_is(
    browser, db, proposal, sofia, carla, student_blocks
):
    here = f"/proposals/{proposal.id}"
    assert browser.as_(sofia).get(here).has(f'form[action="{here}/accept"]')
    block(db, sofia, carla, student_blocks)
    page = browser.as_(sofia).get(here)
    assert page.says("This coach cannot be chosen at the moment.")
    assert not page.has(f'form[action="{here}/accept"]')
    assert page.has(f'form[action="{here}/decline"]')
    answer = browser.as_(sofia).post(f"{here}/accept", {"version": "1"})
    assert answer.status == 403
    db.expire_all()
    assert db.get_one(Proposal, proposal.id).status is ProposalStatus.SUBMITTED


def test_the_thread_offers_neither_what_cannot_be_done(browser, db, proposal, sofia, carla):
    block(db, sofia, carla, True)
    thread = f"/messages/{db.query(Thread).one().id}"
    for person, offer in ((sofia, "You can accept"), (carla, "Change or withdraw")):
        assert offer not in browser.as_(person).get(thread).text
