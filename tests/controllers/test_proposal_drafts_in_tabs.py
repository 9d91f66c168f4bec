"""A draft of a proposal that Carla writes in two tabs: neither overwrites the other unseen."""

import pytest

from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_proposal, make_request

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
PLAN += " Then we would read."
TERMS = {"message": PLAN, "sessions": "6", "minutes": "50", "price": "18.50"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def carlas(browser, carla):
    return browser.as_(carla)


@pytest.fixture
def tabs(carlas, wanted):
    return [a_tab(carlas, wanted) for _ in range(2)]


def a_tab(carlas, wanted):
    return carlas.get(f"/requests/{wanted.id}").form("proposal")


def keep(carlas, wanted, form, **typed):
    """What the page sends by itself while she types."""
    fields = form.fill(**typed)._pairs()
    return carlas.htmx.post(f"/requests/{wanted.id}/proposals/draft", fields)


def kept(db):
    return db.query(Proposal).one().typed["message"]


def test_of_two_tabs_the_second_stores_nothing_and_says_so(carlas, db, wanted, tabs):
    first, second = tabs
    assert keep(carlas, wanted, first, **TERMS).is_good
    late = keep(carlas, wanted, second, message="Other words")
    assert late.is_conflict and "Not saved" in late.one("#draft-saved").get_text()
    assert "another tab" in late.one("hx-partial[hx-target='#flash'] [role=alert]").get_text()
    assert late.has("hx-partial[hx-target='#saves-itself'][hx-swap=delete]")  # said once
    assert kept(db) == [PLAN]


def test_the_page_has_what_a_late_answer_ends(carlas, wanted):
    own = carlas.get(f"/requests/{wanted.id}").one("#saves-itself")
    assert own["hx-post"] == f"/requests/{wanted.id}/proposals/draft"
    assert own["hx-status:409"] == "swap:outerHTML"


def test_a_tab_opened_on_an_older_draft_is_late(carlas, db, wanted, tabs):
    keep(carlas, wanted, tabs[0], message="Begun")
    other = a_tab(carlas, wanted)
    assert keep(carlas, wanted, tabs[0], message="Begun, and more").is_good
    assert keep(carlas, wanted, other, message="Begun otherwise").is_conflict
    assert kept(db) == ["Begun, and more"]


def test_a_tab_opened_later_goes_on_and_the_first_is_late(carlas, db, wanted, tabs):
    keep(carlas, wanted, tabs[0], message="Begun")
    assert keep(carlas, wanted, a_tab(carlas, wanted), message="On the phone").is_good
    assert keep(carlas, wanted, tabs[0], message="Begun again").is_conflict
    assert kept(db) == ["On the phone"]


def test_one_tab_saves_again_and_again_whether_its_answers_came_or_not(carlas, db, wanted, tabs):
    for message in ("We", "We", "We would", PLAN, "We"):
        assert keep(carlas, wanted, tabs[0], message=message).is_good
    assert kept(db) == ["We"]


def test_the_same_words_in_another_tab_are_no_quarrel(carlas, db, wanted, tabs):
    for tab in tabs:
        assert keep(carlas, wanted, tab, **TERMS).is_good
    assert tabs[1].submit("send").status == 303


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("press", ["save", "send"])
def test_a_late_button_shows_both_and_the_next_press_decides(carlas, db, wanted, tabs, press, htmx):
    keep(carlas, wanted, tabs[0], **TERMS)
    mine = PLAN.replace("markets", "museums")
    answer = tabs[1].fill(**TERMS | {"message": mine}).submit(press, htmx=htmx)
    assert answer.is_conflict and kept(db) == [PLAN]
    assert PLAN in answer.one("#proposal details.well").get_text()
    assert "another tab" in answer.one("#proposal [role=alert]").get_text()
    again = answer.form("proposal")
    assert again.value("message") == mine
    assert again.submit(press).status == 303
    proposal = db.query(Proposal).one()
    if press == "send":
        assert proposal.status is ProposalStatus.SUBMITTED and proposal.message == mine
    else:
        assert proposal.typed["message"] == [mine]


def test_what_stands_above_may_have_changed_once_more(carlas, db, wanted, tabs):
    keep(carlas, wanted, tabs[0], message="One")
    again = tabs[1].fill(message="Mine").submit("save").form("proposal")
    keep(carlas, wanted, tabs[0], message="Two")
    assert again.submit("save").is_conflict and kept(db) == ["Two"]


def test_a_form_that_came_back_with_mistakes_is_still_the_same_page(carlas, db, wanted, tabs):
    keep(carlas, wanted, tabs[0], message="One")
    assert tabs[0].fill(message="Short").submit("send").is_redisplay
    total = tabs[0].fill(**TERMS).submit("total").form("proposal")
    assert total.submit("send").status == 303


def test_saving_by_the_button_does_not_make_the_page_late(carlas, db, wanted, tabs):
    answer = tabs[0].fill(message="One").submit("save", htmx=True)
    assert keep(carlas, wanted, answer.form("proposal"), message="Two").is_good
    assert kept(db) == ["Two"]


def test_a_form_that_does_not_say_what_it_was_opened_on_writes_over_nothing(carlas, db, wanted):
    keep(carlas, wanted, a_tab(carlas, wanted), **TERMS)
    address, other = f"/requests/{wanted.id}/proposals", TERMS | {"message": PLAN + " Or not."}
    for path in (address, f"{address}/draft"):
        answer = carlas.post(path, other)
        assert answer.is_conflict and answer.says("What is stored now")
    assert kept(db) == [PLAN] and db.query(Proposal).one().status is ProposalStatus.DRAFT


# Once more.


def test_proposing_once_more_begins_with_what_was_taken_back(carlas, db, wanted, carla):
    make_proposal(
        db, wanted, carla, status=ProposalStatus.WITHDRAWN, message=PLAN, price=1850,
        links=["https://example.org/plan"],
    )  # fmt: skip
    form = a_tab(carlas, wanted)
    assert form.value("message") == PLAN and form.value("price") == "18.50"
    assert form.value("link_1") == "https://example.org/plan"
    assert db.query(Proposal).count() == 1
    assert keep(carlas, wanted, form, message="Otherwise").is_good
    assert a_tab(carlas, wanted).value("message") == "Otherwise"


# After sending.


def test_once_it_is_sent_nothing_on_the_page_asks_for_a_proposal(carlas, db, wanted):
    page = carlas.get(f"/requests/{wanted.id}")
    assert page.one("#to-proposal")["href"] == "#proposal"
    answer = page.form("proposal").fill(**TERMS).submit("send", htmx=True)
    assert answer.is_good and answer.one("#proposal-title").get_text() == "Your proposal"
    assert answer.has("hx-partial[hx-target='#to-proposal'][hx-swap=delete]")
    assert "1 proposal" in answer.one("hx-partial[hx-target='#heading'] #heading").get_text(" ")
