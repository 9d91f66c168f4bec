"""Searching one's own messages: only one's own, on the side one looks from, by matrix B's names."""

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.proposals import ProposalStatus
from db.queries import message_searches
from db.search_terms import read_terms
from db.search_text import around
from tests.factories import (
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

STUDENT, COACH = Side.STUDENT, Side.COACH


def words(db, person, typed, side=STUDENT, **but):
    found = message_searches.messages(db, person.id, side, read_terms(typed), at=now(), **but)
    return [hit.words for hit in found.items]


def test_words_beginnings_phrases_and_what_is_not_wanted(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Bring the blue notebook on Thursday")
    make_message(db, thread, carla, "The notebook is blue, the café is open")
    make_message(db, thread, carla, "Straße and 文法 and C++")
    assert words(db, sofia, "blue note") == [
        "The notebook is blue, the café is open",
        "Bring the blue notebook on Thursday",
    ]
    assert words(db, sofia, '"blue notebook"') == ["Bring the blue notebook on Thursday"]
    assert words(db, sofia, "notebook -cafe") == ["Bring the blue notebook on Thursday"]
    for typed in ("CAFÉ", "strasse", "文", "c++", "法 c"):
        assert len(words(db, sofia, typed)) == 1, typed
    assert words(db, sofia, "gramophone") == []


def test_nobody_finds_what_others_wrote_to_others(db, sofia, sam, carla, cole):
    make_message(db, make_thread(db, sofia, carla), sofia, "A secret about herons")
    make_message(db, make_thread(db, sam, cole), cole, "Herons are grey")
    assert words(db, sofia, "herons") == ["A secret about herons"]
    assert words(db, carla, "herons", COACH) == ["A secret about herons"]
    assert words(db, sam, "herons") == ["Herons are grey"]
    assert words(db, carla, "herons", STUDENT) == []


@pytest.mark.parametrize("side", Side)
def test_a_search_stays_on_the_side_one_looks_from(db, dora, sofia, carla, side):
    make_message(db, make_thread(db, dora, carla), dora, "Herons, as a student")
    make_message(db, make_thread(db, sofia, dora), dora, "Herons, as a coach")
    assert words(db, dora, "herons", side) == [f"Herons, as a {side}"]


def test_what_staff_have_hidden_is_not_found(db, sofia, carla):
    make_message(db, make_thread(db, sofia, carla), carla, "Herons", hidden_at=now())
    assert words(db, sofia, "herons") == []


def test_more_than_a_page_comes_page_by_page(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for number in range(5):
        make_message(db, thread, sofia, f"heron {number}")
    found = message_searches.messages(db, sofia.id, STUDENT, read_terms("heron"), at=now(), size=2)
    seen = [hit.words for hit in found.items]
    while found.next:
        found = message_searches.messages(
            db, sofia.id, STUDENT, read_terms("heron"), at=now(), after=found.next, size=2
        )
        seen += [hit.words for hit in found.items]
    assert seen == [f"heron {number}" for number in (4, 3, 2, 1, 0)]


def test_a_coach_finds_students_by_the_name_they_may_know(db, carla, sofia, sam):
    silent = make_student(db, make_coach(db))
    quiet = make_thread(db, silent, carla, student_wrote_at=None)
    wrote = make_thread(db, sam, carla)
    wanted = make_request(db, sofia)
    accepted = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    chose = make_thread(db, sofia, carla, proposal_id=accepted.id)

    def named(typed):
        return message_searches.people(db, carla.id, COACH, typed, at=now())

    assert named("sam") == [wrote.id]
    assert named("okafor") == []
    assert named("mwangi sof") == [chose.id]
    assert quiet.id not in named(silent.first_name) + named(silent.last_name)
    assert message_searches.people(db, sam.id, STUDENT, "ruiz", at=now()) == [wrote.id]


def test_a_line_begins_shortly_before_what_was_sought():
    text = "one two three four five six\nseven heron eight"
    assert around(text, ["her"]) == "…four five six seven heron eight"
    assert around("heron " * 40, ["her"]).endswith("…")
    assert around(text, []) == "one two three four five six seven heron eight"
