"""What a tap in the marketplace costs on the line: as a browser that has been here before gets it.

HTTP/2 sends a header in full once, and one byte in its place after that; bodies are packed.
"""

import pytest

from tests.factories import make_coach, make_proposal, make_request

HTTP2 = {"Accept-Encoding": "br"}
# Bytes, the answer alone: a kilobyte both ways is the promise for an acceptance; what may still be
# accepted comes back as its whole card.
MOST = {"accept": 900, "decline": 1400, "shortlist": 1800, "unshortlist": 1800}


def cost(answer, before):
    """The bytes of this answer, after the one before it on the same connection."""
    heads = sum(
        len(name) + len(value) + 2 if before.headers.get(name) != value else 1
        for name, value in answer.headers.items()
    )
    return heads + int(answer.headers["content-length"])


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, title="Ich möchte auf Spanisch über Märkte und Züge reden")


@pytest.mark.parametrize("verb", MOST)
def test_an_answer_to_a_proposal_is_small(browser, db, wanted, sofia, carla, verb):
    text = "We would speak from the first minute, about markets and trains. " * 20
    hers = make_proposal(db, wanted, carla, message=text, seen_version=1)
    for _ in range(4):
        make_proposal(db, wanted, make_coach(db), message=text, seen_version=1)
    sofias = browser.htmx.as_(sofia)
    if verb == "unshortlist":
        sofias.post(f"/proposals/{hers.id}/shortlist")
    before = sofias.get(f"/requests/{wanted.id}/proposals", headers=HTTP2)
    fields = {"decline": {"reason": "price"}, "accept": {"version": "1"}}.get(verb)
    answer = sofias.post(f"/proposals/{hers.id}/{verb}", fields, headers=HTTP2)
    assert answer.is_good
    assert cost(answer, before) <= MOST[verb], answer.headers["content-length"]
