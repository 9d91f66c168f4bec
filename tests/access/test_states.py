"""Every state of a request or proposal × every form about one × five people, against states.py.

A line that does not hold is printed as it is now. Read it aloud before it takes the old one's
place.
"""

import re
from collections import namedtuple
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.learning_requests import LearningRequest, RequestStatus, ScreeningQuestion
from db.models.proposals import DeclineReason, Proposal, ProposalStatus
from tests.access.states import PEOPLE, PROPOSALS, REQUESTS
from tests.access.test_answers import stored, taken_back, word_for, written
from tests.factories import make_answer, make_proposal, make_request
from tests.house.filled import filled_in
from tests.house.routes import all_routes

WHO = {"owner": "sofia", "coach": "carla", "rival": "cole", "student": "sam", "guest": None}
POSTS = {route.name: route for route in all_routes() if route.writes}
NOBODYS = 10**12
Scene = namedtuple("Scene", "model id proposal question")


def about(noun):
    """The forms whose addresses name one of these, such as /requests/{request_id}/close."""
    return sorted(name for name, route in POSTS.items() if route.path.startswith(f"/{noun}/{{"))


def read(table):
    """(route, who) → state → what becomes of it."""
    heading, *lines = [line.split() for line in table.strip().splitlines() if line.strip()]
    states = heading[2:]
    found = {}
    for name, who, *words in lines:
        found[name, who] = dict(zip(states, words, strict=True))
    return states, found


REQUEST_STATES, OF_REQUESTS = read(REQUESTS)
PROPOSAL_STATES, OF_PROPOSALS = read(PROPOSALS)
ABOUT_REQUESTS, ABOUT_PROPOSALS = about("requests"), about("proposals")


def test_every_form_has_its_lines_and_every_state_its_column():
    assert set(OF_REQUESTS) == {(name, who) for name in ABOUT_REQUESTS for who in PEOPLE}
    assert set(OF_PROPOSALS) == {(name, who) for name in ABOUT_PROPOSALS for who in PEOPLE}
    assert set(REQUEST_STATES) == {*RequestStatus, "overdue"}
    assert set(PROPOSAL_STATES) == {*ProposalStatus, "overdue"}
    assert set(PEOPLE) == set(WHO)


@pytest.fixture
def people(db, sofia, carla, cole, sam):
    return {"sofia": sofia, "carla": carla, "cole": cole, "sam": sam}


def request_in(db, people, state):
    """Sofia's request in this state; Carla has proposed, Cole has not."""
    status = RequestStatus.OPEN if state == "overdue" else RequestStatus(state)
    but = {"expires_at": now() - timedelta(minutes=1)} if state == "overdue" else {}
    asks = ("Where did you learn it?",)
    wanted = make_request(db, people["sofia"], questions=asks, status=status, version=1, **but)
    ended = {
        RequestStatus.FILLED: ProposalStatus.ACCEPTED,
        RequestStatus.CLOSED: ProposalStatus.EXPIRED,
        RequestStatus.EXPIRED: ProposalStatus.EXPIRED,
        RequestStatus.REMOVED: ProposalStatus.EXPIRED,
    }
    question = db.scalars(select(ScreeningQuestion.id).filter_by(request_id=wanted.id)).one()
    number = NOBODYS
    if status is not RequestStatus.DRAFT:
        sent = ended.get(status, ProposalStatus.SUBMITTED)
        number = make_proposal(db, wanted, people["carla"], status=sent).id
    return Scene(LearningRequest, wanted.id, number, question)


def proposal_in(db, people, state):
    """Carla's proposal in this state, beside Cole's, to Sofia's request that is as it must be."""
    status = ProposalStatus.SUBMITTED if state == "overdue" else ProposalStatus(state)
    late = {"expires_at": now() - timedelta(minutes=1)} if state == "overdue" else {}
    is_chosen = status in (ProposalStatus.ACCEPTED, ProposalStatus.NOT_SELECTED)
    request = RequestStatus.FILLED if is_chosen else RequestStatus.OPEN
    asks = ("Where did you learn it?",)
    wanted = make_request(db, people["sofia"], questions=asks, status=request)
    question = db.scalars(select(ScreeningQuestion.id).filter_by(request_id=wanted.id)).one()
    reason = DeclineReason.PRICE if status is ProposalStatus.DECLINED else None
    seen = {"first_viewed_at": now(), "seen_version": 1}
    seen = {} if status is ProposalStatus.DRAFT else seen
    hers = make_proposal(
        db, wanted, people["carla"], status=status, decline_reason=reason, **seen, **late
    )
    make_answer(db, hers, db.get_one(ScreeningQuestion, question))
    others = {
        ProposalStatus.ACCEPTED: ProposalStatus.NOT_SELECTED,
        ProposalStatus.NOT_SELECTED: ProposalStatus.ACCEPTED,
    }
    make_proposal(db, wanted, people["cole"], status=others.get(status, ProposalStatus.SUBMITTED))
    return Scene(Proposal, hers.id, hers.id, question)


@pytest.mark.parametrize("name", ABOUT_REQUESTS)
def test_what_becomes_of_a_request(browser, database, db, people, name):
    scenes = {state: request_in(db, people, state) for state in REQUEST_STATES}
    check(browser, database, db, people, name, scenes, OF_REQUESTS)


@pytest.mark.parametrize("name", ABOUT_PROPOSALS)
def test_what_becomes_of_a_proposal(browser, database, db, people, name):
    scenes = {state: proposal_in(db, people, state) for state in PROPOSAL_STATES}
    check(browser, database, db, people, name, scenes, OF_PROPOSALS)


def check(browser, database, db, people, name, scenes, expected):
    asking = {
        who: browser.as_(people[person]) if person else browser.as_guest()
        for who, person in WHO.items()
    }
    browser.settle()
    db.close()
    connection, wrong = database._outer, []
    before = stored(connection)
    for who in PEOPLE:
        found = {}
        for state, scene in scenes.items():
            with taken_back(connection), written(connection) as writes:
                answer = send(asking[who], name, scene)
                found[state] = word = word_for(answer)
                if word == "ok":
                    found[state] = state_of(connection, scene)
                elif writes:
                    assert stored(connection) == before, f"{who}, {state}: refused and changed"
        if found != expected.get((name, who)):
            wrong.append(
                f"{name:<30} {who:<8}" + "".join(f" {word:<12}" for word in found.values())
            )
    assert not wrong, "\n" + "\n".join(wrong)


def send(asking, name, scene):
    fields = filled_in(name, scene.question, {"proposal": scene.proposal})
    return asking.post(re.sub(r"\{[^}]+\}", str(scene.id), POSTS[name].path), fields)


def state_of(connection, scene):
    """The state that the thing has now, in a word."""
    status = connection.execute(
        select(scene.model.status).where(scene.model.id == scene.id)
    ).scalar_one_or_none()
    return str(status) if status else "gone"
