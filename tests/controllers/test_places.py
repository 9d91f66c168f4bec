import brotli
import pytest

from tests.statements import statements


def options(answer):
    return [(option["value"], option.text) for option in answer.all("option")]


def test_noor_is_offered_countries_as_she_types(browser, noor):
    answer = browser.as_(noor).htmx.get("/places?country=ken")
    assert options(answer) == [("Kenya", "KE")]


def test_a_country_found_by_another_name_says_so_to_the_browser(browser, noor):
    answer = browser.as_(noor).htmx.get("/places?country=Holland")
    assert options(answer) == [("Netherlands", "NL Holland")]


def test_noor_is_offered_zones_with_their_time(browser, noor):
    found = options(browser.as_(noor).htmx.get("/places?time_zone=nai"))
    assert ("Nairobi, Kenya") in dict(found)
    assert dict(found)["Nairobi, Kenya"][2] == ":"


def test_noor_is_offered_currencies_by_name(browser, noor):
    answer = browser.as_(noor).htmx.get("/places?currency=euro")
    assert options(answer) == [("Euro (EUR)", "EUR")]


def test_the_address_opens_as_a_page_that_lists_what_matches(browser, noor):
    page = browser.as_(noor).get("/places?country=united")
    assert page.form("/places").value("country") == "united"
    assert "United Kingdom GB" in page.texts(".rows li")
    assert page.says("3 answers")
    page = browser.as_(noor).get("/places?time_zone=lagos")
    assert page.texts(".rows b") == ["Lagos, Nigeria"]
    assert browser.as_(noor).get("/places?country=qqq").says("Nothing is called “qqq” here.")
    assert not browser.as_(noor).get("/places").has(".rows li")


@pytest.mark.parametrize(
    "typed", ["%00", "%ed%a0%80", "%25", "%5C", ",,,,", "x" * 5000, "'%22--", "<b>"]
)
def test_whatever_is_typed_is_answered(browser, noor, typed):
    for name in ("country", "time_zone", "currency", "other"):
        assert browser.as_(noor).htmx.get(f"/places?{name}={typed}").is_good
        assert browser.as_(noor).get(f"/places?{name}={typed}").is_good


def test_a_guest_signs_in_first(browser):
    assert browser.get("/places?country=ken").status == 303


def test_an_answer_is_light_and_asks_nothing_of_the_database(browser, database, noor):
    noors = browser.as_(noor).htmx
    noors.get("/places")
    with statements(database) as without:
        noors.get("/skills?skills=")
    with statements(database) as asked:
        answer = noors.get("/places?time_zone=a")
    assert len(answer.all("option")) == 12
    assert len(asked) <= len(without)
    assert len(brotli.compress(answer.text.encode(), quality=5)) < 700
