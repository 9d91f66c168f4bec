"""What stands in the form of a proposal before anything is sent."""

import pytest

from app.clock import now
from db.models.invitations import Invitation, InvitationStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal, ProposalAnswer, ProposalStatus
from tests.factories import make_coach, make_proposal, make_request, stored

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
PLAN += " Then we would read."
TERMS = {"message": PLAN, "sessions": "6", "minutes": "50", "price": "18.50"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, currency="EUR", questions=("Where?", "Since when?"))


def questions(db, wanted):
    db.refresh(wanted, ["questions"])
    return wanted.questions


def answers(db, wanted):
    return {f"answer_{one.id}": "In Seville." for one in questions(db, wanted)}


# The currency.


def test_carla_chooses_between_her_currency_and_the_students(browser, db, wanted, carla):
    assert db.get(CoachProfile, carla.id).currency == "USD"
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    offered = [option["value"] for option in page.all("#proposal #currency option")]
    assert offered == ["EUR", "USD"]
    total = f"/requests/{wanted.id}/proposals/total?sessions=6&price=18.50&currency="
    assert browser.as_(carla).htmx.get(total + "USD").says("$99.90")
    assert browser.as_(carla).htmx.get(total + "EUR").says("€99.90")
    assert browser.as_(carla).htmx.get(total + "JPY").says("€99.90")
    assert browser.as_(carla).htmx.get(total + "dollars").status == 200
    form = page.form("proposal").fill(**TERMS, currency="USD", **answers(db, wanted))
    assert "$99.90" in " ".join(form.submit("total").texts("#total"))
    assert form.submit("send").status == 303
    assert db.query(Proposal).one().currency == "USD"


def test_where_both_use_one_currency_there_is_nothing_to_choose(browser, db, sofia, carla):
    wanted = make_request(db, sofia)
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert not page.has("#proposal #currency")
    assert page.form("proposal").fill(**TERMS).submit("send").status == 303
    assert db.query(Proposal).one().currency == "USD"


@pytest.mark.parametrize("currency", ["JPY", "XXX", "dollars", "E"])
def test_no_third_currency_is_taken(browser, db, wanted, carla, currency):
    fields = {**TERMS, **answers(db, wanted), "currency": currency}
    answer = browser.as_(carla).post(f"/requests/{wanted.id}/proposals", fields)
    assert answer.is_redisplay and answer.error_of("currency")
    assert answer.form("proposal").value("message") == PLAN and db.query(Proposal).count() == 0


# The questions.


def test_a_question_that_is_no_longer_asked_needs_no_answer(browser, db, wanted, carla):
    first, second = questions(db, wanted)
    old = browser.as_(carla).get(f"/requests/{wanted.id}").form("proposal")
    first.retired_at = now()
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert not page.has(f"#answer-{first.id}") and page.has(f"#answer-{second.id}")
    answer = page.form("proposal").fill(**TERMS).submit("send")
    assert answer.is_redisplay and answer.error_of(f"answer_{second.id}")
    # What was written to it in a form opened before is kept.
    fields = {f"answer_{one.id}": "In Seville." for one in (first, second)}
    assert old.fill(**TERMS, **fields).submit("send").status == 303
    assert db.query(ProposalAnswer).count() == 2


def test_an_answer_never_stands_under_another_question(browser, db, wanted, carla, sofia):
    old = browser.as_(carla).get(f"/requests/{wanted.id}").form("proposal")
    old.fill(**TERMS, **answers(db, wanted))
    edit = browser.as_(sofia).get(f"/requests/{wanted.id}/edit").form("edit")
    edit.fill(question_2="Why?").submit("save")
    again = old.submit("send")
    [_, why] = [one for one in questions(db, wanted) if one.retired_at is None]
    assert again.is_redisplay and again.error_of(f"answer_{why.id}")
    assert again.form("proposal").value("message") == PLAN


# A full request.


def test_a_full_request_says_so_instead_of_the_form(browser, db, wanted, carla):
    form = browser.as_(carla).get(f"/requests/{wanted.id}").form("proposal")
    form = form.fill(**TERMS, **answers(db, wanted))
    for _ in range(25):
        make_proposal(db, wanted, make_coach(db))
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("This request is full") and not page.has("form#proposal")
    answer = form.submit("send")
    assert answer.is_conflict and answer.says("full") and answer.says(PLAN)
    assert db.query(Proposal).filter_by(coach_id=carla.id).count() == 0


def test_the_number_of_proposals_is_all_a_coach_learns_of_the_others(browser, db, wanted, carla):
    rival = make_coach(db)
    rival.first_name = "Rosalind"
    make_proposal(db, wanted, rival, message="A secret plan of mine", price=4321, sessions=37)
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("1 proposal")
    assert not any(page.says(word) for word in ("Rosalind", "secret plan", "43.21", "37"))


# What sending brings about.


def test_sending_answers_the_invitation_and_tells_the_student(browser, db, wanted, carla, sofia):
    invitation = stored(
        db, Invitation(request_id=wanted.id, coach_id=carla.id, text="", created_at=now())
    )
    fields = {**TERMS, **answers(db, wanted), "currency": "EUR"}
    assert browser.as_(carla).post(f"/requests/{wanted.id}/proposals", fields).status == 303
    assert invitation.status is InvitationStatus.ANSWERED and invitation.ended_at
    mail = db.query(OutgoingMail).one()
    assert (mail.template, mail.recipient) == ("proposal_received", sofia.email)
    proposal = db.query(Proposal).one()
    assert proposal.status is ProposalStatus.SUBMITTED
    about = {"title": wanted.title, "proposal": proposal.id, "coach": "Carla Ruiz"}
    assert mail.detail == {**about, "way_out": "proposal"}


def test_the_student_has_no_form_on_her_own_request(browser, wanted, sofia):
    for asking in (browser, browser.htmx):
        answer = asking.as_(sofia).get(f"/requests/{wanted.id}")
        assert answer.is_good and not answer.has("button[value=send]")
