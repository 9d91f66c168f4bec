"""The inbox says what connects two people, and stays quick however many threads there are."""

import pytest
from sqlalchemy import event

from app.clock import now
from db.models.proposals import ProposalStatus
from tests.factories import (
    make_coach,
    make_invitation,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)


def rows(page):
    return [" ".join(row.get_text(" ").split()) for row in page.all(".conv")]


def test_sofia_reads_what_connects_her_with_each_coach(browser, db, sofia, carla, cole, dora):
    wanted = make_request(db, sofia, title="Spanish for Madrid")
    make_thread(db, sofia, carla)
    make_thread(db, sofia, cole)
    make_thread(db, sofia, dora)
    make_proposal(db, wanted, carla)
    make_invitation(db, wanted, cole)
    said = {name: row for row in rows(browser.as_(sofia).get("/messages")) for name in row.split()}
    assert "Proposal: Spanish for Madrid" in said["Carla"]
    assert "Invitation: Spanish for Madrid" in said["Cole"]
    assert "Madrid" not in said["Dora"]


def test_carla_reads_the_same_and_no_name_that_is_not_hers_to_know(browser, db, sofia, carla):
    make_thread(db, sofia, carla, student_wrote_at=None)
    make_proposal(db, make_request(db, sofia, title="Spanish for Madrid"), carla)
    [row] = rows(browser.as_(carla).get("/messages"))
    assert "Proposal: Spanish for Madrid" in row and "Sofia" not in row


def test_a_contract_comes_before_all_else(browser, db, sofia, carla):
    chosen = make_request(db, sofia, title="Spanish for Madrid")
    accepted = make_proposal(db, chosen, carla, status=ProposalStatus.ACCEPTED)
    make_thread(db, sofia, carla, proposal_id=accepted.id)
    make_proposal(db, make_request(db, sofia, title="French"), carla)
    for person in (sofia, carla):
        [row] = rows(browser.as_(person).get("/messages"))
        assert "Spanish for Madrid" in row and "French" not in row and "Proposal" not in row


@pytest.mark.parametrize("number", [1, 19])
def test_the_inbox_asks_as_little_for_many_threads(browser, db, database, carla, number):
    for _ in range(number):
        student = make_student(db)
        make_message(db, make_thread(db, student, carla), student)
        make_proposal(db, make_request(db, student), carla)
    carlas = browser.as_(carla)
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    assert len(carlas.get("/messages").all(".conv")) == number
    assert len([words for words in asked if words.startswith("SELECT")]) <= 8


def test_what_staff_hid_is_not_read_in_the_inbox_either(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    message = make_message(db, thread, carla, "Something nasty")
    message.hidden_at = now()
    for person in (sofia, carla):
        [row] = rows(browser.as_(person).get("/messages"))
        assert "This message was hidden by Skileez." in row and "nasty" not in row
    make_message(db, thread, carla, "Good morning")
    assert "Good morning" in rows(browser.as_(sofia).get("/messages"))[0]


def test_neither_of_the_two_reads_a_hidden_message(browser, db, sofia, carla, cole):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    make_message(db, thread, carla, "Something nasty").hidden_at = now()
    for person in (sofia, carla):
        page = browser.as_(person).get(f"/messages/{thread.id}")
        assert page.texts("#m2 > p:not(.sent)") == ["This message was hidden by Skileez."]
        assert "nasty" not in page.text
    poll = browser.htmx.as_(sofia).get(f"/messages/{thread.id}/new", headers={"HX-PTag": "1.1"})
    assert poll.has("#m2") and "nasty" not in poll.text


def test_a_new_coach_is_not_shown_what_ties_others(browser, db, sofia, carla):
    make_proposal(db, make_request(db, sofia, title="Spanish for Madrid"), carla)
    make_thread(db, sofia, make_coach(db))
    assert "Madrid" not in rows(browser.as_(sofia).get("/messages"))[0]
