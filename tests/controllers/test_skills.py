import brotli
import pytest

from tests.factories import make_skill, make_synonym
from tests.statements import statements


@pytest.fixture(autouse=True)
def some_skills(db):
    make_skill(db, "Spanish")
    make_skill(db, "Swahili")
    make_synonym(db, "Español", of="Spanish")


def test_sofia_is_offered_skills_while_she_writes_a_request(browser, sofia):
    answer = browser.as_(sofia).htmx.get("/skills?skills=Swahili%2C+s")
    assert answer.texts("button[type=button]") == ["Spanish"]
    assert answer.one("button")["data-add"] == "skills"
    assert answer.one("button")["value"] == "Spanish"


def test_another_name_leads_to_the_skill_and_is_shown_beside_it(browser, sofia):
    answer = browser.as_(sofia).htmx.get("/skills?skills=ESPA%C3%91")
    assert answer.one("button")["value"] == "Spanish"
    assert answer.one("button .meta").text == "Español"


def test_nothing_is_offered_before_a_name_is_begun(browser, sofia):
    for address in ("/skills", "/skills?skills=", "/skills?skills=Spanish%2C+"):
        answer = browser.as_(sofia).htmx.get(address)
        assert not answer.has("button") and not answer.has(".hint")


def test_sofia_learns_that_a_name_is_new(browser, sofia):
    assert browser.as_(sofia).htmx.get("/skills?skills=zzz").says("You can use it")
    assert browser.as_(sofia).get("/skills?q=zzz").says("No skill begins like this")


def test_the_address_opens_as_a_page_that_leads_to_coaches(browser, carla):
    page = browser.as_(carla).get("/skills?q=sp")
    assert page.form("/skills").value("q") == "sp"
    assert page.one(".chips a")["href"] == "/coaches?q=Spanish"
    assert browser.as_(carla).htmx.get("/skills?q=sp").has("a[href='/coaches?q=Spanish']")


def test_the_request_form_asks_for_them(browser, sofia):
    page = browser.as_(sofia).get("/requests/new")
    assert page.one("[hx-get='/skills']")["hx-include"] == "#skills"
    assert page.one("#suggestions[role=status]").text == ""


@pytest.mark.parametrize("typed", ["%00", "%ed%a0%80", "%25", "%5C", ",,,,", "x" * 5000, "'%22--"])
def test_whatever_is_typed_is_answered(browser, sofia, typed):
    for name in ("q", "skills"):
        assert browser.as_(sofia).htmx.get(f"/skills?{name}={typed}").is_good
        assert browser.as_(sofia).get(f"/skills?{name}={typed}").is_good


def test_an_answer_is_light_and_one_question(browser, db, database, sofia):
    for number in range(8):
        make_skill(db, f"Something with a long name, number {number}"[:40])
        make_synonym(db, f"S by another long name {number}", of=f"A long name indeed {number}")
    sofias = browser.as_(sofia).htmx
    nothing = sofias.get("/skills?skills=")
    with statements(database) as without:
        sofias.get("/skills?skills=")
    with statements(database) as asked:
        answer = sofias.get("/skills?skills=s")
    assert len(answer.all("button")) == 8 and nothing.is_good
    assert len(asked) - len(without) <= 2
    assert len(brotli.compress(answer.text.encode(), quality=5)) < 1024
