"""Requests as coaches search them."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.learning_requests import Format
from db.models.skills import Level, Skill
from tests.factories import make_bookmark, make_proposal, make_request, make_synonym


def titles(answer):
    return answer.texts("#list h2")


def skills_in(form):
    """The skills that are sent, without the field for another one."""
    return sorted(filter(str.strip, form.values("skill")))


def test_coach_searches_with_words_and_skills(browser, db, sofia, carla):
    make_request(db, sofia, title="Piano for two hands", skills=("Piano",))
    make_request(db, sofia, title="Guitar at the campfire", skills=("Guitar",))
    form = browser.as_(carla).get("/requests").form("/requests")
    page = form.fill(q="camp", skill=["guitar", "piano"]).submit()
    assert titles(page) == ["Guitar at the campfire"]
    assert page.one("[role=status]#hits").text == "1 open request"
    assert page.form("/requests").value("q") == "camp"
    assert skills_in(page.form("/requests")) == ["guitar", "piano"]
    wider = page.click("Remove filter: “camp”")
    assert len(titles(wider)) == 2 and wider.form("/requests").value("q") == ""
    assert titles(wider.click("Remove filter: Guitar")) == ["Piano for two hands"]


def test_coach_finds_a_skill_by_another_name(browser, db, sofia, carla):
    make_request(db, sofia, title="A flat in Madrid", skills=("Spanish",))
    make_synonym(db, "Español", of="Spanish")
    page = browser.as_(carla).get("/requests?skill=ESPA%C3%91OL")
    assert titles(page) == ["A flat in Madrid"]
    assert skills_in(page.form("/requests")) == ["spanish"]
    assert not page.click("Remove filter: Spanish").has("[aria-label^='Remove filter']")


def test_coach_searches_with_htmx(browser, db, sofia, carla):
    make_request(db, sofia, title="Piano for two hands")
    answer = browser.as_(carla).htmx.get("/requests?q=pian")
    assert answer.one("#results #find") and titles(answer) == ["Piano for two hands"]
    assert answer.headers["hx-push-url"] == "/requests?q=pian"


@pytest.mark.parametrize("typed", ['"', "-", "*", '""', "...", "'"])
def test_marks_without_a_word_are_no_words(browser, db, sofia, carla, typed):
    make_request(db, sofia, title="Piano for two hands")
    make_request(db, sofia, title="Guitar at the campfire")
    page = browser.as_(carla).get("/requests").form("#find").fill(q=typed).submit()
    assert len(titles(page)) == 2 and not page.has(".chips a")
    assert page.one("#q")["value"] == typed, "a word may follow"
    newest = page.click("Newest")
    assert newest.path == "/requests?sort=newest" and not newest.one("#q")["value"]


def test_coach_gets_twenty_more_at_a_time(browser, db, sofia, carla):
    for number in range(43):
        at = now() - timedelta(minutes=number)
        make_request(db, sofia, title=f"Request number {number}", posted_at=at)
    page = browser.as_(carla).get("/requests?q=number")
    seen = titles(page)
    assert page.says("43 open requests") and len(seen) == 20
    for _ in range(2):
        page = page.click("Show 20 more")
        seen += titles(page)
    assert seen == [f"Request number {number}" for number in range(43)]
    assert not page.has("[data-grow]")
    more = browser.as_(carla).htmx.get("/requests?q=number&after=relevance-1-1")
    assert titles(more) == []
    assert browser.as_(carla).get("/requests?after=nonsense").is_not_found


def test_an_empty_result_says_what_would_find_more(browser, db, sofia, carla):
    make_request(db, sofia, skills=("Piano",))
    page = browser.as_(carla).get("/requests?q=zebra&skill=piano")
    assert page.says("No open request matches") and page.says(
        "Without the words there is 1 open request"
    )
    assert titles(page.click("Search without the words"))
    nothing = browser.as_(carla).get("/requests?q=zebra&skill=nobody+named+it")
    assert nothing.says("Try fewer or other words") or nothing.says("Without the")
    unknown = browser.as_(carla).get("/requests?skill=nobody+named+it")
    assert unknown.says("0 open requests") and unknown.says("“nobody named it”")


def test_no_request_at_all_is_said_kindly(browser, carla):
    assert browser.as_(carla).get("/requests").says("No open requests just now")


def test_only_coaches_search(browser, sofia, noor, dora, db):
    make_request(db, dora, title="Her own request")
    assert browser.as_(sofia).get("/requests").is_not_allowed
    assert browser.get("/requests").asks_to_sign_in
    assert browser.as_(noor).get("/requests").says("Her own request")
    assert not browser.as_(dora).get("/requests").says("Her own request")


def test_a_card_names_the_country_only(browser, db, sofia, carla):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    page = browser.as_(carla).get("/requests")
    assert page.says("Student in Kenya") and page.says("1 proposal")
    assert "Sofia" not in page.text and "Mwangi" not in page.text


def test_odd_addresses_are_answered(browser, db, sofia, carla):
    make_request(db, sofia)
    for query in ("q=%00", "budget_from=x", "posted=x", "sort=x", "language=%00",
                   "q=%F0%9F%92%A9", "skill=", "skill=%25&skill=_", "q=" + "x" * 3000,
                  "skill=99999999999999999999", "after=", "q='%22%5C%25_", "other=1"):  # fmt: skip
        assert browser.as_(carla).get(f"/requests?{query}").is_good, query


def test_carla_does_not_learn_what_stands_in_a_draft(browser, db, sofia, carla):
    fields = {"title": "", "skills": "Zqxprivate", "action": "save", "currency": "USD"}
    assert browser.as_(sofia).post("/requests", fields).status == 303
    skill = db.query(Skill).filter_by(folded="zqxprivate").one()
    for asked in ("zqxprivate", str(skill.id)):
        page = browser.as_(carla).get(f"/requests?skill={asked}")
        assert page.is_good and not page.says("Zqxprivate")


# Filters, one by one.


def test_each_filter_is_offered_and_taken(browser, db, sofia, carla):
    make_request(
        db, sofia, title="Wanted", skills=("Piano", "Jazz"), level=Level.ADVANCED,
        format=Format.ONGOING, language="es", budget_from=2000, budget_to=3000,
        posted_at=now() - timedelta(hours=20), expires_at=now() + timedelta(days=20),
    )  # fmt: skip
    other = make_request(
        db, sofia, title="Other", skills=("Piano", "Guitar"), level=Level.BEGINNER, language="en",
        budget_from=500, budget_to=900, posted_at=now() - timedelta(days=20),
    )  # fmt: skip
    make_proposal(db, other, carla)
    page = browser.as_(carla).get("/requests")
    assert titles(page) == ["Wanted", "Other"]
    for values in (
        {"skill": ["jazz"]}, {"skill": ["piano", "jazz"], "all": True}, {"level": ["advanced"]},
        {"format": ["ongoing"]}, {"language": ["es"]}, {"posted": "1"},
        {"budget_from": "15", "currency": "USD"},
        {"fewer": "1"}, {"not_proposed": True}, {"q": "want"}, {"q": "-other"},
    ):  # fmt: skip
        found = page.form("#find").fill(**values).submit()
        assert titles(found) == ["Wanted"], values
        assert found.texts("#hits") == ["1 open request"], values
        [chip, *_] = found.all(".chips a[aria-label^='Remove filter: ']")
        assert len(titles(browser.as_(carla).get(chip["href"]))) == 2 or len(values) > 1
    assert titles(page.form("#find").fill(budget_to="10", currency="USD").submit()) == ["Other"]
    assert titles(page.form("#find").fill(bookmarked=True).submit()) == []
    make_bookmark(db, other, carla)
    assert titles(page.form("#find").fill(bookmarked=True).submit()) == ["Other"]


@pytest.mark.parametrize(("query", "chip"), [
    ("level=beginner", "Beginner"), ("format=ongoing", "Ongoing"), ("language=sw", "In Swahili"),
    ("budget_from=10&budget_to=18.50", "$10 to $18.50 a session"),
    ("budget_from=30", "From $30 a session"),
    ("budget_to=20&currency=EUR", "Up to €20 a session"), ("posted=1", "Posted in the last day"),
    ("posted=7", "Posted in the last 7 days"), ("fewer=1", "No proposals yet"),
    ("fewer=5", "Fewer than 5 proposals"), ("not_proposed=1", "Without my proposal"),
    ("bookmarked=1", "Bookmarked"), ("q=a+b", "“a b”"),
])  # fmt: skip
def test_what_is_asked_is_said_and_can_be_taken_out(browser, carla, query, chip):
    page = browser.as_(carla).get(f"/requests?{query}")
    assert page.texts(".chips a[aria-label]") == [chip]
    assert not page.click(f"Remove filter: {chip}").has(".chips a")
    assert page.one("button[popovertarget=filters] .count").text.endswith("1")


def test_several_filters_are_cleared_at_once(browser, carla):
    page = browser.as_(carla).get("/requests?level=beginner&posted=7&sort=newest")
    cleared = page.click("Clear all")
    assert cleared.path == "/requests?sort=newest" and not cleared.has(".chips a")
    assert not browser.as_(carla).get("/requests?posted=7").says("Clear all")


def test_an_order_keeps_the_filters_and_filters_keep_the_order(browser, db, sofia, carla):
    first = {"budget_from": 1000, "budget_to": 1000, "expires_at": now() + timedelta(days=9)}
    make_request(db, sofia, title="Cheap", posted_at=now() - timedelta(hours=1), **first)
    make_request(db, sofia, title="Dear", budget_from=9000, budget_to=9000)
    make_request(db, sofia, title="Hard", level=Level.ADVANCED)
    page = browser.as_(carla).get("/requests?level=beginner")
    assert page.texts(".tabs [aria-current]") == ["Best match"]
    carla.country = "US"  # by whose money budgets are put in order
    for order, found in (
        ("Newest", ["Cheap", "Dear"]), ("Budget", ["Dear", "Cheap"]),
        ("Ends soon", ["Cheap", "Dear"]),
    ):  # fmt: skip
        page = page.click(order)
        assert titles(page) == found, order
        assert page.texts(".tabs [aria-current]") == [order]
    every = page.click("Remove filter: Beginner")
    assert len(titles(every)) == 3 and every.texts(".tabs [aria-current]") == ["Ends soon"]
    assert page.form("#find").submit().texts(".tabs [aria-current]") == ["Ends soon"]


def test_words_are_put_in_their_own_order(browser, db, sofia, carla):
    make_request(db, sofia, title="Old, and all about pianos", skills=("Piano",),
                 posted_at=now() - timedelta(days=9))  # fmt: skip
    make_request(db, sofia, title="Spanish", description="Words for a piano shop." * 3)
    page = browser.as_(carla).get("/requests?q=piano")
    assert titles(page) == ["Old, and all about pianos", "Spanish"]
    assert page.texts(".tabs [aria-current]") == ["Relevance"]
    by_age = page.click("Newest")
    assert titles(by_age) == ["Spanish", "Old, and all about pianos"]
    assert by_age.texts(".tabs [aria-current]") == ["Newest"]
    assert titles(by_age.click("Relevance")) == titles(page)
    asked = browser.as_(carla).get("/requests?q=piano&sort=relevance")
    assert titles(asked) == titles(page)


@pytest.mark.parametrize("query", ["", "?sort=relevance", "?q=-piano", "?q=-"])
def test_without_words_there_is_no_relevance(browser, db, sofia, carla, query):
    make_request(db, sofia)
    page = browser.as_(carla).get(f"/requests{query}")
    assert page.texts(".tabs a") == ["Best match", "Newest", "Budget", "Ends soon"]
    assert page.texts(".tabs [aria-current]") == ["Best match"]


def test_a_coach_without_skills_is_shown_the_newest(browser, db, sofia, noor):
    make_request(db, sofia)
    page = browser.as_(noor).get("/requests")
    assert page.texts(".tabs a") == ["Newest", "Budget", "Ends soon"]
    assert browser.as_(noor).get("/requests?sort=match").texts(".tabs [aria-current]") == ["Newest"]


def test_each_card_says_why_it_fits(browser, db, sofia, carla):
    make_request(db, sofia, skills=("Spanish",))
    make_request(db, sofia, skills=("Chess",), title="Something else")
    for sort in ("", "?sort=newest"):
        page = browser.as_(carla).get(f"/requests{sort}")
        assert len(page.all("#list > li details")) == 1 and page.says("Why ")
        assert page.has("#list a[href='/how-matching-works']")


def test_options_say_how_much_they_would_leave(browser, db, sofia, carla):
    make_request(db, sofia, skills=("Piano", "Jazz"), language="es")
    make_request(db, sofia, skills=("Piano",), language="en")
    page = browser.as_(carla).get("/requests")
    boxes = page.texts("#filters label:has([name=skill])")
    assert boxes == ["Jazz 1 open", "Piano 2 open"]
    assert page.texts("#filters label:has([name=language])") == ["English 1 open", "Spanish 1 open"]
    fewer = browser.as_(carla).htmx.get("/requests?language=es")
    assert fewer.texts("#filters label:has([name=skill])") == ["Jazz 1 open", "Piano 1 open"]


def test_another_skill_is_written_by_name_and_becomes_a_box(browser, db, sofia, carla):
    for number in range(13):
        make_request(db, sofia, title="Common", skills=(f"Common {number:02}",))
        make_request(db, sofia, title="Common", skills=(f"Common {number:02}",))
    make_request(db, sofia, title="Rare", skills=("Lace making",))
    page = browser.as_(carla).get("/requests")
    assert not page.has("[name=skill][value='lace making']")
    found = browser.as_(carla).get("/requests?skill=Lace+Making")
    assert titles(found) == ["Rare"] and found.has("[value='lace making'][checked]")
    # The page keeps a field as it was typed where the server says the same as before.
    assert page.one("#other-skill")["value"] != found.one("#other-skill")["value"]


def test_the_offer_names_the_filter_that_hides_most(browser, db, sofia, carla):
    for _ in range(3):
        make_request(db, sofia, skills=("Piano",), level=Level.ADVANCED, language="es")
    make_request(db, sofia, skills=("Chess",), level=Level.BEGINNER, language="es")
    page = browser.as_(carla).get("/requests?skill=piano&level=beginner&language=es")
    assert page.says("Without the level there are 3 open requests")
    assert len(titles(page.click("Search without the level"))) == 3
    strict = browser.as_(carla).get("/requests?skill=piano&skill=chess&all=1&level=advanced")
    assert strict.says("Without Chess there are 3 open requests")
    assert len(titles(strict.click("Search without Chess"))) == 3


def test_the_number_of_hits_is_not_counted_beyond_a_thousand(
    browser, db, sofia, carla, monkeypatch
):
    monkeypatch.setattr("db.queries.search_options.MOST_COUNTED", 2)
    for _ in range(3):
        make_request(db, sofia)
    assert browser.as_(carla).get("/requests").texts("#hits") == ["2+ open requests"]
