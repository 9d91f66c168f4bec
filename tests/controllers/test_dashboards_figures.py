"""Home: whoever follows a figure finds a list that is exactly as long, or the same amount."""

import re
from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.invitations import InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_payment, make_review, on_the_slot
from tests.factories import (
    make_bookmark,
    make_coach,
    make_invitation,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

MORE_THAN_A_PAGE = 22


@pytest.fixture
def crowd(db, dora, carla):
    """Several of each for Dora, on both of her sides, and some that must not be counted."""
    for number in range(4):
        learn(db, make_student(db), dora, number)
        learn(db, dora, carla if number else make_coach(db), 4 + number)
    for number in range(MORE_THAN_A_PAGE):
        student, coach = make_student(db), make_coach(db)
        talk(db, student, dora, last=student)
        talk(db, dora, coach, last=coach)
        if number < 3:
            wanted = make_request(db, dora, title=f"Bees, part {number}")
            for status in (ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED):
                make_proposal(db, wanted, make_coach(db), status=status)
            make_proposal(db, wanted, make_coach(db), status=ProposalStatus.DECLINED)
            invite(db, dora)
    talk(db, make_student(db), dora, last=dora)
    invite(db, dora, status=RequestStatus.CLOSED, ended_at=now())
    declined = invite(db, dora)
    declined.status, declined.answered_at = InvitationStatus.DECLINED, now()
    db.flush()


def learn(db, student, coach, number):
    """A contract of which one session was counted; every other one is over by now."""
    contract = make_contract(
        db, student, coach, sessions=12, currency="EUR" if number % 4 else "USD"
    )
    make_payment(db, contract, 1 + number)
    make_review(db, contract, student, stars=1 + number % 4, published_at=now())
    if number % 2:
        contract.status, contract.ended_at = ContractStatus.COMPLETED, now()
        return
    free = {"starts_at": on_the_slot(now() + timedelta(days=5 + number))}
    for at, side in enumerate(Side, 2 + number):
        bring(db, contract, at, to=SessionStatus.PROPOSED, offered_by=side, **free)
    ago = on_the_slot(now() - timedelta(hours=5 + 2 * number))
    bring(db, contract, 4 + number, to=SessionStatus.ENDED, starts_at=ago)


def talk(db, student, coach, *, last):
    """A thread in which the other one has spoken last."""
    make_message(db, make_thread(db, student, coach), last, "Hello")


def invite(db, coach, **but):
    wanted = make_request(db, make_student(db), skills=("Piano",), **but)
    make_bookmark(db, wanted, coach)
    return make_invitation(db, wanted, coach)


def figures(page):
    """The numbers that links of a home say, by the list each leads to."""
    links = [(link["href"], link.get_text(" ", strip=True)) for link in page.all("main a")]
    found = [(address, NUMBER.search(words)) for address, words in links]
    return {address: int(number[1]) for address, number in found if number}


def length(hers, address):
    """How many items there are, page after page."""
    page = hers.get(address)
    number = len(page.all(LISTS))
    while more := page.all("nav.pager a[href]"):
        page = hers.get(more[0]["href"])
        number += len(page.all(LISTS))
    return number


NUMBER = re.compile(r"(?:^|See all |from |Drafts |Not selected )(\d+)(?![.\d])")
LISTS = ", ".join(f"#{name} > li" for name in (
    "list", "sessions-list", "invitation-list", "proposal-list", "sent-list"
))  # fmt: skip
LED_TO = {
    Side.COACH: {
        "/sessions?side=coach&list=waiting": 2, "/messages/unread": MORE_THAN_A_PAGE,
        "/proposals": 4,
        "/proposals?status=accepted": 4, "/proposals?status=draft": 0,
        "/invitations?status=open": 3, "/bookmarks": 5, "/coaches/dora-lindqvist": 4,
    },
    Side.STUDENT: {
        "/sessions?side=student&list=waiting": 4, "/messages/unread": MORE_THAN_A_PAGE,
        "/contracts?side=student": 2,
    },
}  # fmt: skip


@pytest.mark.parametrize("side", list(Side))
def test_each_figure_of_doras_leads_to_a_list_as_long(browser, db, dora, crowd, side):
    dora.role_view = side
    hers = browser.as_(dora)
    said = figures(hers.get("/dashboard"))
    assert said == said | LED_TO[side]
    assert side is Side.COACH or sum("show=waiting" in address for address in said) == 3
    for address, figure in said.items():
        assert length(hers, address) == figure, address


@pytest.mark.parametrize("side", list(Side))
def test_amounts_of_doras_are_those_of_her_earnings(browser, dora, crowd, side):
    dora.role_view = side
    hers = browser.as_(dora)
    tiles = hers.get("/dashboard").all("#home-money > .panel")
    earnings = hers.get(f"/earnings?side={side}")
    assert len(tiles) == len(earnings.all("section:has(> dl)")) == 2
    for tile in tiles:
        [address] = {link["href"] for link in tile.select("a")}
        there = earnings.one(address.removeprefix(f"/earnings?side={side}")).find_parent("section")
        month, pending = (figure.get_text() for figure in tile.select("b.num"))
        assert there.select_one("b.num").get_text() == month
        assert pending in [amount.get_text() for amount in there.select("dd")]
        assert [bar.get_text() for bar in tile.select(".chart text")] == (
            [bar.get_text() for bar in there.select(".chart text")] if side is Side.COACH else []
        )
    words = earnings.one("#lists nav.tabs").get_text(" ")
    settled = re.search(r"To settle\s+\((\d+)\)", words)
    assert settled and length(hers, f"/earnings?side={side}&list=payments") == int(settled[1]) == 4
    assert length(hers, f"/earnings?side={side}") == 4


def test_what_sofia_has_answered_waits_no_longer(browser, db, sofia, carla, cole, dora):
    wanted = make_request(db, sofia)
    proposals = [make_proposal(db, wanted, coach) for coach in (carla, cole, dora)]
    proposals[0].status, proposals[0].ended_at = ProposalStatus.DECLINED, now()
    hers, address = browser.as_(sofia), f"/requests/{wanted.id}/proposals"
    page = hers.get(f"{address}?show=waiting")
    assert page.says("These wait for your answer.") and not page.says("Carla Ruiz")
    assert len(page.click("Lowest price").all("#proposal-list > li")) == 2
    assert len(page.click("See all proposals").all("#proposal-list > li")) == 3
    for one in proposals[1:]:
        one.status, one.ended_at = ProposalStatus.DECLINED, now()
    page = hers.get(f"{address}?show=waiting")
    assert page.says("You have answered every proposal to this request.")
