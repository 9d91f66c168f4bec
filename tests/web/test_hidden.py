"""What may not be seen is answered as what does not exist: the same bytes."""

import re
from typing import Any

import pytest

from db.models.learning_requests import RequestStatus
from tests.answer import Answer
from tests.factories import make_proposal, make_request, make_thread

REQUEST_ID = re.compile(r"\b[0-9a-f]{12}\b")
NOWHERE = 987_654


@pytest.fixture
def hidden(db, sam, sofia, carla, cole) -> list[tuple[str, str, Any, int]]:
    """Method, address, somebody who may not see what is there, and its number."""
    draft = make_request(db, sofia, status=RequestStatus.DRAFT)
    open_one = make_request(db, sofia)
    proposal, thread = make_proposal(db, open_one, carla), make_thread(db, sofia, carla)
    return [
        ("GET", "/requests/{}", carla, draft.id),
        ("GET", "/requests/{}", sam, draft.id),
        ("POST", "/requests/{}/bookmark", carla, draft.id),
        ("POST", "/requests/{}/close", sam, draft.id),
        ("GET", "/requests/{}/edit", carla, draft.id),
        ("POST", "/requests/{}/proposals", cole, draft.id),
        ("GET", "/proposals/{}", cole, proposal.id),
        ("POST", "/proposals/{}/accept", sam, proposal.id),
        ("POST", "/proposals/{}/withdraw", cole, proposal.id),
        ("GET", "/students/{}", sam, sofia.id),
        ("GET", "/messages/{}", sam, thread.id),
        ("GET", "/messages/{}/new", cole, thread.id),
        ("POST", "/messages/{}", cole, thread.id),
    ]


def masked(answer: Answer) -> tuple[Any, ...]:
    """All that could tell two answers apart, but for the number of the request itself."""
    headers = [(k, v) for k, v in answer.headers.multi_items() if k != "x-request-id"]
    assert set(REQUEST_ID.findall(answer.text)) <= {answer.headers["x-request-id"]}
    return answer.status, headers, REQUEST_ID.sub("-", answer.text)


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_what_is_hidden_is_as_if_it_did_not_exist(browser, hidden, way):
    for method, path, person, number in hidden:
        asking = getattr(browser.as_(person), way)
        ask = asking.get if method == "GET" else asking.post
        there, missing = ask(path.format(number)), ask(path.format(NOWHERE))
        assert there.is_not_found, f"{person.first_name} {method} {path}: {there!r}"
        assert masked(there) == masked(missing), path
