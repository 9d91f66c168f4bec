"""The first page, with what is really there."""

from tests.factories import make_coach, make_coach_skill, make_skill
from tests.people import CAST, make_person


def test_guest_finds_topics_and_coaches(browser, db):
    for name in CAST:
        make_person(db, name)
    page = browser.get("/")
    assert page.is_good
    links = page.all("a[href^='/coaches?topic=']")
    assert [link.get_text(" ", strip=True) for link in links] == ["Languages 3 coaches"]
    shown = [link["href"] for link in page.all("a[href^='/coaches/']")]
    assert sorted(shown) == [
        "/coaches/carla-ruiz",
        "/coaches/cole-bennett",
        "/coaches/dora-lindqvist",
    ]


def test_every_topic_counts_what_its_list_shows(browser, db):
    for number in range(25):
        coach = make_coach(db)
        make_coach_skill(db, coach, "Spanish")
        make_coach_skill(db, coach, "Italian")
        if number % 2:
            make_skill(db, "Sourdough", "Cooking & baking")
            make_coach_skill(db, coach, "Sourdough")
    for link in browser.get("/").all("a[href^='/coaches?topic=']"):
        count = link.get_text(" ", strip=True).split()[-2]
        listed = browser.get(link["href"])
        assert listed.texts("#hits") == [f"{count} coaches"]
        everyone = len(listed.all("#list > li"))
        while listed.has("#list-pager a"):
            listed = browser.get(listed.one("#list-pager a")["href"])
            everyone += len(listed.all("#list > li"))
        assert str(everyone) == count


def test_an_empty_site_has_a_first_page_too(browser):
    page = browser.get("/")
    assert page.is_good
    assert not page.all("a[href^='/coaches/']")


def test_sofia_may_read_it_as_well(browser, sofia):
    assert browser.as_(sofia).get("/").has("a[href='/dashboard']")


def test_the_search_leads_to_the_list_of_coaches(browser, carla):
    page = browser.get("/").form("/coaches").fill(q="spanish").submit()
    assert page.texts("#list h2") == ["Carla Ruiz"]
