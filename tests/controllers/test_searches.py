from datetime import timedelta

from app.clock import now
from db.models.skills import Skill
from tests.factories import make_proposal, make_request, make_synonym


def titles(answer):
    return answer.texts("#list h2")


def test_coach_searches_with_words_and_skills(browser, db, sofia, carla):
    make_request(db, sofia, title="Piano for two hands", skills=("Piano",))
    make_request(db, sofia, title="Guitar at the campfire", skills=("Guitar",))
    form = browser.as_(carla).get("/requests").form("/requests")
    page = form.fill(q="camp", skill=["guitar", "piano"]).submit()
    assert titles(page) == ["Guitar at the campfire"]
    assert page.one("[role=status]#hits").text == "1 open request"
    assert page.form("/requests").value("q") == "camp"
    assert sorted(page.form("/requests").values("skill")) == ["guitar", "piano"]
    wider = page.click("Remove words: camp")
    assert len(titles(wider)) == 2 and wider.form("/requests").value("q") == ""
    assert titles(wider.click("Remove filter: Guitar")) == ["Piano for two hands"]


def test_coach_finds_a_skill_by_another_name(browser, db, sofia, carla):
    make_request(db, sofia, title="A flat in Madrid", skills=("Spanish",))
    make_synonym(db, "Español", of="Spanish")
    page = browser.as_(carla).get("/requests?skill=ESPA%C3%91OL")
    assert titles(page) == ["A flat in Madrid"]
    assert page.form("/requests").values("skill") == ["spanish"]
    assert not page.click("Remove filter: Spanish").has("[aria-label^='Remove filter']")


def test_coach_searches_with_htmx(browser, db, sofia, carla):
    make_request(db, sofia, title="Piano for two hands")
    answer = browser.as_(carla).htmx.get("/requests?q=pian")
    assert answer.one("#results") and titles(answer) == ["Piano for two hands"]
    assert not answer.has("#find")


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
    more = browser.as_(carla).htmx.get("/requests?q=number&after=" + "1-1")
    assert titles(more) == []
    assert browser.as_(carla).get("/requests?after=nonsense").is_not_found


def test_an_empty_result_says_what_would_find_more(browser, db, sofia, carla):
    make_request(db, sofia, skills=("Piano",))
    page = browser.as_(carla).get("/requests?q=zebra&skill=piano")
    assert page.says("No open request matches") and page.says(
        "Without the words there is 1 request"
    )
    assert titles(page.click("Search without the words"))
    nothing = browser.as_(carla).get("/requests?q=zebra&skill=nobody+named+it")
    assert nothing.says("Try fewer or other words") or nothing.says("Without the")
    assert browser.as_(carla).get("/requests?skill=nobody+named+it").has("#no-skill")


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
    for query in ("q=%00", "q=%F0%9F%92%A9", "skill=", "skill=%25&skill=_", "q=" + "x" * 3000,
                  "skill=99999999999999999999", "after=", "q='%22%5C%25_", "other=1"):  # fmt: skip
        assert browser.as_(carla).get(f"/requests?{query}").is_good, query


def test_carla_does_not_learn_what_stands_in_a_draft(browser, db, sofia, carla):
    fields = {"title": "", "skills": "Zqxprivate", "action": "save", "currency": "USD"}
    assert browser.as_(sofia).post("/requests", fields).status == 303
    skill = db.query(Skill).filter_by(folded="zqxprivate").one()
    for asked in ("zqxprivate", str(skill.id)):
        page = browser.as_(carla).get(f"/requests?skill={asked}")
        assert page.is_good and not page.says("Zqxprivate")
