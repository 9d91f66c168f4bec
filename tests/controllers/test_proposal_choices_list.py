"""What Sofia reads in the list of proposals: their order, and what changed since she looked."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Account
from db.models.profiles import CoachProfile
from db.models.proposals import ProposalStatus
from tests.factories import (
    make_coach,
    make_coach_skill,
    make_proposal,
    make_request,
    make_version,
)
from tests.statements import statements


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


# Reading in an order.


def names(page):
    return [text.split()[0] for text in page.texts("#proposal-list article h2")]


@pytest.fixture
def four(db, wanted, carla, cole, dora, noor):
    """Carla's shortlisted, Cole's and Dora's waiting, Noor's withdrawn."""
    return [
        make_proposal(db, wanted, carla, price=3000, status=ProposalStatus.SHORTLISTED),
        make_proposal(db, wanted, cole, price=2000, submitted_at=now() - timedelta(hours=1)),
        make_proposal(db, wanted, dora, price=1000, submitted_at=now() - timedelta(hours=9)),
        make_proposal(db, wanted, noor, price=500, status=ProposalStatus.WITHDRAWN),
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Carla", "Cole", "Dora", "Noor"]),
        ("newest", ["Carla", "Cole", "Dora", "Noor"]),
        ("price", ["Carla", "Dora", "Cole", "Noor"]),
        ("nonsense", ["Carla", "Cole", "Dora", "Noor"]),
    ],
)
def test_sofia_sorts_and_the_shortlist_stays_first(browser, wanted, sofia, four, sort, order):
    for asking in (browser.as_(sofia), browser.as_(sofia).htmx):
        page = asking.get(f"/requests/{wanted.id}/proposals?sort={sort}")
        assert names(page) == order
        chosen = page.one("nav[aria-label='Sort the proposals'] [aria-current]")
        assert chosen["href"].endswith("price" if sort == "price" else "newest")


def test_sofia_sorts_by_the_match_where_there_is_one(browser, db, wanted, sofia):
    mara, nils = make_coach(db), make_coach(db)
    for coach, mara_or_nils in ((mara, "Mara"), (nils, "Nils")):
        coach.first_name = mara_or_nils
        make_proposal(db, wanted, coach)
    address = f"/requests/{wanted.id}/proposals"
    assert not browser.as_(sofia).get(address).has("#sort-match")
    make_coach_skill(db, mara, "Spanish")
    page = browser.as_(sofia).get(address)
    assert names(page) == ["Nils", "Mara"] and page.says("of 100")
    assert names(page.click("Best match")) == ["Mara", "Nils"]


def test_sofia_sorts_by_the_rating_once_somebody_has_one(
    browser, db, wanted, sofia, carla, cole, dora
):
    for coach in (carla, cole, dora):
        make_proposal(db, wanted, coach)
    address = f"/requests/{wanted.id}/proposals"
    page = browser.as_(sofia).get(address + "?sort=rating")
    assert not page.has("#sort-rating") and page.says("New coach")
    db.get(CoachProfile, carla.id).rating, db.get(CoachProfile, carla.id).review_count = 450, 12
    db.get(CoachProfile, cole.id).rating, db.get(CoachProfile, cole.id).review_count = 480, 3
    page = browser.as_(sofia).get(address)
    assert names(page) == ["Dora", "Cole", "Carla"] and page.says("4.5 of 5, 12 reviews")
    assert names(page.click("Best rating")) == ["Cole", "Carla", "Dora"]


def test_sofia_compares_prices_in_one_currency_first(browser, db, wanted, sofia, carla, cole):
    make_proposal(db, wanted, carla, price=900, currency="EUR")
    make_proposal(db, wanted, cole, price=2000)
    assert names(browser.as_(sofia).get(f"/requests/{wanted.id}/proposals?sort=price")) == [
        "Cole", "Carla",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ["newest", "price", "match"])
def test_sofia_pages_through_each_order_and_meets_everybody_once(browser, db, wanted, sofia, sort):
    sent = [make_proposal(db, wanted, make_coach(db), price=1000 + 7 * n % 30) for n in range(25)]
    for ended in range(3):
        sent[ended].status = ProposalStatus.DECLINED
    make_coach_skill(db, db.get(Account, sent[9].coach_id), "Spanish")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals?sort={sort}")
    more = page.click("Show 20 more")
    ids = [card["id"] for card in page.all("article") + more.all("article")]
    assert sorted(ids) == sorted(f"proposal-{one.id}" for one in sent)
    assert set(ids[-3:]) == {f"proposal-{one.id}" for one in sent[:3]}


@pytest.mark.parametrize("after", ["x", "1-2", "1-2-3-4-5-6", "9" * 25])
def test_nonsense_for_a_place_in_the_list_is_not_found(browser, wanted, sofia, four, after):
    for sort in ("newest", "price"):
        address = f"/requests/{wanted.id}/proposals?sort={sort}&after={after}"
        assert browser.as_(sofia).get(address).is_not_found


# What changed.


@pytest.fixture
def changed(db, wanted, carla):
    """Carla's, which Sofia has read and Carla has changed since."""
    proposal = make_proposal(
        db, wanted, carla, price=2000, sessions=5, version=2, seen_version=1,
        message="Now we begin with the train. " * 4, first_viewed_at=now() - timedelta(hours=3),
    )  # fmt: skip
    make_version(db, proposal, 1, price=1800, sessions=6, message="At first the market. " * 5)
    return proposal


def test_sofia_is_shown_once_what_changed_and_can_look_again(browser, wanted, sofia, changed):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.texts("article .badge") == ["Changed"]
    assert page.says("after you last looked")
    assert page.says("Price: $18 → $20 a session") and page.says("Sessions: 6 → 5")
    assert page.says("Total: $108 → $100")
    assert page.has(".note details") and page.says("At first the market.")
    assert changed.seen_version == 2
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.texts("article .badge") == ["Waiting for you"]
    assert not page.says("after you last looked") and page.says("What changed")
    assert page.says("Price: $18 → $20 a session")


def test_what_did_not_change_is_not_told(browser, sofia, changed):
    page = browser.as_(sofia).get(f"/proposals/{changed.id}")
    for words in ("Length:", "Earliest start:", "Links:"):
        assert not page.says(words)


def test_a_coach_looking_marks_nothing(browser, db, carla, changed):
    browser.as_(carla).get(f"/proposals/{changed.id}")
    assert changed.seen_version == 1


def test_however_many_there_are_sofia_waits_for_ten_questions(browser, database, db, wanted, sofia):
    for number in range(1, 21):
        coach = make_coach(db)
        make_coach_skill(db, coach, "Spanish")
        proposal = make_proposal(
            db, wanted, coach, version=2, seen_version=2, first_viewed_at=now()
        )
        make_version(db, proposal, 1, price=100 * number)
    asking, address = browser.as_(sofia), f"/requests/{wanted.id}/proposals"
    asking.get(address)
    for path in (address, f"{address}?sort=match", f"/proposals/{proposal.id}"):
        with statements(database) as sent:
            asking.get(path)
        assert 5 < len([one for one in sent if one.startswith("SELECT")]) <= 10, sent
