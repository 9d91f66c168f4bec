import pytest

from db.models.proposals import DeclineReason, ProposalStatus
from tests.factories import make_answer, make_coach, make_proposal, make_question, make_request

BOTH = {"reason": "price"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def carlas(db, wanted, carla):
    return make_proposal(db, wanted, carla, message="First the market, then the train. " * 4)


@pytest.fixture
def coles(db, wanted, cole):
    return make_proposal(db, wanted, cole, price=2000, links=["https://cole.example/a"])


def compare(wanted, *proposals):
    named = "&".join(f"proposal={getattr(one, 'id', one)}" for one in proposals)
    return f"/requests/{wanted.id}/proposals/compare?{named}"


def declined_with(wanted, *proposals, reason="price"):
    return f"/requests/{wanted.id}/proposals/decline", {
        "proposal": [str(getattr(one, "id", one)) for one in proposals],
        "reason": reason,
    }


# Side by side.


def test_sofia_compares_two_by_their_boxes(browser, db, wanted, sofia, carlas, coles):
    question = make_question(db, wanted, "Where did you learn?")
    make_answer(db, carlas, question, "At home, in Seville.")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    page = page.form("chosen").fill(proposal=[str(carlas.id), str(coles.id)]).submit()
    assert page.is_good and page.texts("thead th") == [
        "CR Carla Ruiz New coach",
        "CB Cole Bennett New coach",
    ]
    assert page.texts("tbody th")[:5] == [
        "Standing", "Price per session", "Sessions", "Total", "Free to cancel until",
    ]  # fmt: skip
    rows = {
        group.th.get_text(): [cell.get_text(" ", strip=True) for cell in group("td")]
        for group in page.all("tbody")
    }
    assert rows["Price per session"] == ["$18", "$20"] and rows["Total"] == ["$108", "$120"]
    assert rows["Where did you learn?"] == ["At home, in Seville.", "Not answered"]
    assert rows["Links"] == ["No links", "cole.example"]
    assert page.has("[role=region][tabindex='0'] table")
    answer = page.click("Accept or say no: Carla Ruiz")
    assert answer.has("form[action$='/accept']") and answer.has("form[action$='/decline']")


def test_sofia_compares_with_htmx(browser, wanted, sofia, carlas, coles):
    answer = browser.as_(sofia).htmx.get(compare(wanted, carlas, coles))
    assert answer.is_good and answer.one("#proposals table")


def test_what_sofia_compares_she_has_seen(browser, db, wanted, sofia, carlas, coles):
    browser.as_(sofia).get(compare(wanted, carlas, coles))
    assert carlas.first_viewed_at and coles.seen_version == 1


@pytest.mark.parametrize(
    "named", ["", "proposal=1e3&proposal=x", "proposal=" + "9" * 19, "proposal=0&proposal=-1"]
)
def test_sofia_is_told_to_choose_two_or_three(browser, wanted, sofia, carlas, coles, named):
    address = f"/requests/{wanted.id}/proposals/compare?{named}"
    page = browser.as_(sofia).get(address)
    assert page.is_good and page.says("Choose two or three proposals") and not page.has("table")


def test_sofia_compares_neither_one_nor_four(browser, db, wanted, sofia, carlas, coles):
    more = [make_proposal(db, wanted, make_coach(db)) for _ in range(2)]
    asking = browser.as_(sofia)
    assert not asking.get(compare(wanted, carlas)).has("table")
    assert not asking.get(compare(wanted, carlas, carlas)).has("table")
    assert not asking.get(compare(wanted, carlas, coles, *more)).has("table")
    assert len(asking.get(compare(wanted, carlas, coles, more[0])).all("thead th")) == 3


def test_sofia_sees_neither_drafts_nor_what_was_sent_to_others(
    browser, db, wanted, sofia, sam, carla, carlas, coles
):
    elsewhere = make_proposal(db, make_request(db, sam), carla, message="Not for Sofia. " * 9)
    draft = make_proposal(db, wanted, make_coach(db), status=ProposalStatus.DRAFT)
    for other in (elsewhere, draft):
        page = browser.as_(sofia).get(compare(wanted, carlas, other))
        assert page.is_good and not page.has("table") and "Not for Sofia" not in page.text


def test_nobody_but_sofia_compares(browser, wanted, sam, carla, cole, mina, carlas, coles):
    address = compare(wanted, carlas, coles)
    for coach in (carla, cole):
        answer = browser.as_(coach).get(address)
        assert answer.is_not_allowed and "$" not in answer.text
    assert browser.as_(sam).get(address).is_not_found
    assert browser.as_(mina).get(address).is_not_found
    assert browser.as_guest().get(address).asks_to_sign_in


# Several at once.


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_sofia_says_no_to_several(browser, db, wanted, sofia, carlas, coles, way):
    left = make_proposal(db, wanted, make_coach(db))
    path, fields = declined_with(wanted, carlas, coles)
    answer = getattr(browser.as_(sofia), way).post(path, fields)
    if way == "plain":
        assert answer.leads_to(f"/requests/{wanted.id}/proposals")
        answer = answer.follow()
    assert answer.is_good and answer.says("You have said no to 2 proposals.")
    assert answer.texts("#proposals article .badge") == ["New", "Declined", "Declined"]
    assert {carlas.decline_reason, coles.decline_reason} == {DeclineReason.PRICE}
    assert left.status is ProposalStatus.SUBMITTED


def test_those_that_ended_meanwhile_are_told_and_left(browser, wanted, sofia, carlas, coles):
    coles.status = ProposalStatus.WITHDRAWN
    path, fields = declined_with(wanted, carlas, coles)
    answer = browser.as_(sofia).post(path, fields).follow()
    assert answer.says("You have said no to 1 proposal.")
    assert answer.says("Cole Bennett (withdrawn)")
    assert (carlas.status, coles.status) == (ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN)
    assert coles.decline_reason is None


def test_sofia_is_told_when_none_waits_any_more(browser, wanted, sofia, carlas, coles):
    carlas.status, coles.status = ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN
    path, fields = declined_with(wanted, carlas, coles)
    answer = browser.as_(sofia).post(path, fields)
    assert answer.is_conflict
    assert answer.says("Carla Ruiz (declined)") and answer.says("Cole Bennett (withdrawn)")


@pytest.mark.parametrize("htmx", [False, True])
def test_sofia_must_choose_some_and_say_why(browser, wanted, sofia, carlas, coles, htmx):
    asking = browser.as_(sofia).htmx if htmx else browser.as_(sofia)
    path, _ = declined_with(wanted)
    answer = asking.post(path, {"reason": ""})
    assert answer.is_redisplay and answer.error_of("reason").endswith("Choose one.")
    assert answer.error_of("proposal") == "Choose at least one proposal."
    answer = asking.post(path, {"proposal": [str(carlas.id)], "reason": ""})
    assert answer.is_redisplay and answer.form("chosen").values("proposal") == [str(carlas.id)]
    assert carlas.is_pending and coles.is_pending


def test_sofia_cannot_decline_what_is_not_hers(browser, db, wanted, sofia, sam, cole, carlas):
    elsewhere = make_proposal(db, make_request(db, sam), cole)
    draft = make_proposal(db, wanted, make_coach(db), status=ProposalStatus.DRAFT)
    for other in (elsewhere, draft, 2**63 - 1):
        path, fields = declined_with(wanted, carlas, other)
        assert browser.as_(sofia).post(path, fields).is_not_found
    assert carlas.is_pending and elsewhere.is_pending


@pytest.mark.parametrize("odd", ["x", "1.5", "0", "9" * 19, "-1", "%00"])
def test_nonsense_is_a_mistake_of_the_form(browser, wanted, sofia, carlas, coles, odd):
    path, fields = declined_with(wanted, odd)
    assert browser.as_(sofia).post(path, fields).is_redisplay


def test_nobody_else_says_no_for_sofia(browser, wanted, sam, carla, cole, mina, carlas, coles):
    path, fields = declined_with(wanted, carlas, coles)
    for coach in (carla, cole):
        assert browser.as_(coach).post(path, fields).is_not_allowed
    assert browser.as_(sam).post(path, fields).is_not_found
    assert browser.as_(mina).post(path, fields).is_not_found
    assert carlas.is_pending and coles.is_pending
