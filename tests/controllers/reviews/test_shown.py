"""Where reviews, and what is counted of them, can be read, and by whom."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.contracts import ContractStatus
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot
from tests.factories import make_proposal, make_request, make_student, make_thread

PAGE = "/coaches/carla-ruiz"


@pytest.fixture
def reviewed(db):
    """`reviewed(sofia, carla, by=carla)`: a contract with a review that is published."""

    def make(student, coach, by, **but):
        over = {"status": ContractStatus.COMPLETED, "ended_at": now() - timedelta(days=20)}
        but.setdefault("published_at", now() - timedelta(days=1))
        return make_review(db, make_contract(db, student, coach, **over), by, **but)

    return make


def test_anybody_reads_stars_and_words_and_nothing_of_who_wrote_them(browser, db, reviewed, sofia,
                                                                     carla):  # fmt: skip
    for stars in (5, 4, 4):
        reviewed(sofia, carla, sofia, stars=stars, reply="Thank you." * (stars == 5))
    page = browser.as_guest().get(PAGE)
    assert page.says("4.3 of 5 stars") and page.says("A student,")
    assert page.says("Reply from the coach") and page.says("Thank you.")
    rows = [" ".join(row.split()) for row in page.texts("#reviews tr")]
    assert rows == ["5 stars 1 review", "4 stars 2 reviews", "3 stars 0 reviews",
                    "2 stars 0 reviews", "1 star 0 reviews"]  # fmt: skip
    section = page.one("#reviews").get_text(" ")
    for what in ("Sofia", "Kenya", "Conversational Spanish"):  # matrix B
        assert what not in section


def test_sessions_taught_are_those_that_took_place(browser, db, sofia, carla):
    assert not browser.as_guest().get(PAGE).says("Sessions taught")
    contract, at = make_contract(db, sofia, carla), on_the_slot(now() - timedelta(days=5))
    bring(db, contract, 1, to=SessionStatus.COMPLETED, starts_at=at)
    bring(db, contract, 2, to=SessionStatus.ENDED, starts_at=at + timedelta(hours=2))  # a late job
    bring(db, contract, 3, to=SessionStatus.ENDED)  # not confirmed, and not 72 hours ago
    bring(db, contract, 4, to=SessionStatus.CANCELLED_LATE)
    [facts] = browser.as_guest().get(PAGE).texts("aside dl")
    assert "Sessions taught 2" in " ".join(facts.split())


def test_guests_page_through_all_of_them(browser, db, reviewed, carla):
    for number in range(30):
        at = now() - timedelta(days=number // 3)  # several at the same moment
        student = make_student(db)
        reviewed(student, carla, student, text=f"Review number {number}.", published_at=at)
    read, page = [], browser.as_guest().get(PAGE)
    read += page.texts("#list > li > p")
    while page.all("#list-pager a"):
        more = page.one("#list-pager a")["href"]
        page = browser.as_guest().htmx.get(more)
        read += page.texts("#list > li > p")
    assert len(read) == len(set(read)) == 30
    assert browser.as_guest().get(f"{PAGE}?after=nonsense").is_not_found


def test_coaches_see_the_average_of_a_student_from_three_on(browser, db, reviewed, sofia, carla,
                                                            cole, dora):  # fmt: skip
    wanted = make_request(db, sofia)
    proposal = make_proposal(db, wanted, cole)
    thread = make_thread(db, sofia, cole)
    shared = make_contract(db, sofia, carla)
    seen = (
        (cole, "/requests"), (cole, f"/requests/{wanted.id}"), (cole, f"/proposals/{proposal.id}"),
        (cole, f"/messages/{thread.id}"), (carla, f"/students/{sofia.id}"),
    )  # fmt: skip
    for coach in (carla, dora):
        reviewed(sofia, coach, coach, stars=5, text="Canary of a coach.")
    for person, page in seen:
        assert not browser.as_(person).get(page).says("of 5 stars"), page
    reviewed(sofia, cole, cole, stars=4, text="Canary of a coach.")
    for person, page in seen:
        answer = browser.as_(person).get(page)
        assert answer.says("4.7 of 5 stars"), page
        assert not answer.says("Canary"), page
    assert shared.id and browser.as_(sofia).get(f"/students/{sofia.id}").says("Canary of a coach.")
    assert not browser.as_guest().get(PAGE).says("Canary")


def test_sofia_reads_what_coaches_wrote_once_it_is_open(browser, db, reviewed, sofia, carla, cole):
    page = browser.as_(sofia).get(f"/students/{sofia.id}")
    assert page.says("What coaches wrote about you") and page.says("Nothing yet.")
    reviewed(sofia, carla, carla, text="She practised every day.")
    reviewed(sofia, cole, cole, text="A sealed canary.", published_at=None,
             opens_at=now() + timedelta(days=1))  # fmt: skip
    page = browser.as_(sofia).get(f"/students/{sofia.id}")
    assert page.says("She practised every day.") and page.says("Carla Ruiz")
    assert not page.says("canary")
