"""What both searches promise: few statements, few bytes, links that lose nothing, no fault."""

from urllib.parse import parse_qs, quote, urlsplit

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.forms.coach_searches import read_coach_search
from app.forms.searches import read_search
from app.web.outgoing import BROTLI_QUALITY
from db.models.accounts import Side
from db.models.skills import LanguageLevel, Level
from db.seeds import content
from tests.factories import (
    make_account,
    make_coach,
    make_coach_skill,
    make_language,
    make_request,
    make_student,
)
from tests.profile_factories import indexed_once
from tests.statements import statements

TAUGHT = ("Excel", "Google Sheets", "Bookkeeping", "Spanish", "Piano", "Python", "Cooking", "Chess")
EVERYTHING = {
    "/requests": (
        "?q=learn&skill=excel&skill=piano&all=1&level=beginner&level=advanced&format=few_sessions"
        "&language=en&language=es&budget_from=5&budget_to=500&currency=EUR&posted=30&fewer=20"
        "&not_proposed=1&bookmarked=1"
    ),
    "/coaches": (
        "?q=learn&topic=Languages&skill=excel&skill=piano&all=1&language=en&language=es"
        "&language_level=fluent&price_from=5&price_to=500&currency=EUR&country=ES&country=KE"
        "&rating=4&speaks_mine=1&new=1"
    ),
}
SORTS = {
    "/requests": ("relevance", "match", "newest", "budget", "ends_soon"),
    "/coaches": ("relevance", "match", "rating", "price_up", "price_down", "newest"),
}
READ = {"/requests": read_search, "/coaches": read_coach_search}
SEEN = {"Cookie": "seen=1"}


@pytest.fixture
def requests(db, carla, sofia):
    """Forty-one requests as people write them, for a coach with skills."""
    with indexed_once(db):
        for name in set(TAUGHT) - {"Spanish"}:  # which she teaches already
            make_coach_skill(db, carla, name)
    texts = [text for topic in content.TOPICS for text in content.topic(topic).requests]
    for number, text in enumerate(texts[:41]):
        make_request(
            db, sofia, title=text.title, description=text.text or text.title,
            level=[*Level][number % 3],
            skills=tuple(dict.fromkeys((TAUGHT[number % len(TAUGHT)], *text.skills)))[:4],
            budget_from=1000 + number * 100, budget_to=2000 + number * 150, sessions=number + 1,
            language=("en", "es", "sw", None)[number % 4],
        )  # fmt: skip


@pytest.fixture
def coaches(db, sofia):
    """Forty-one coaches as they present themselves, and a student who looks for something."""
    make_request(db, sofia, skills=TAUGHT, budget_from=1000, budget_to=3000, language="en")
    texts = [text for topic in content.TOPICS for text in content.topic(topic).coaches]
    for number in range(41):
        text = texts[number % len(texts)]
        person = make_account(
            db, first_name="Person", last_name=f"Number{number}", country=("ES", "KE")[number % 2],
            role_view=Side.COACH,
        )  # fmt: skip
        with indexed_once(db):
            make_coach(db, person, headline=text.headline, bio=text.bio, rate=1500 + number * 25)
            for at in range(3):
                make_coach_skill(db, person, TAUGHT[(number + at) % len(TAUGHT)], position=at)
            speaks = ("en", "es", "sw")[number % 3]
            make_language(db, person, speaks, Side.COACH, LanguageLevel.FLUENT)


def weight(answer):
    return len(brotli.compress(answer.response.content, quality=BROTLI_QUALITY))


def of(path, browser, carla, sofia):
    return browser.as_(carla if path == "/requests" else sofia)


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_page_takes_ten_statements_at_most(
    path, browser, database, requests, coaches, carla, sofia
):
    person = of(path, browser, carla, sofia)
    for query in ("", EVERYTHING[path], "?q=learn&skill=excel", "?skill=excel"):
        for sort in ("", *SORTS[path]):
            address = f"{path}{query}{'&' if query else '?'}sort={sort}"
            with statements(database) as sent:
                assert person.send("GET", address).is_good
            asked = [one for one in sent if one.lstrip("( ").startswith(("SELECT", "WITH"))]
            assert len(asked) <= 10, (address, len(asked), asked)


@pytest.mark.parametrize("path", EVERYTHING)
def test_pages_of_twenty_are_light(path, browser, requests, coaches, carla, sofia):
    person = of(path, browser, carla, sofia)
    person.cookies["seen"] = "1"
    page = person.get(path)
    assert len(page.all("#list > li")) == 20 and page.has("#list > li details")
    assert weight(page) <= 15_000
    assert weight(person.htmx.get(f"{path}?skill=excel&skill=spanish")) <= 10_000
    more = person.htmx.get(page.one("#list-pager a")["href"])
    assert len(more.all("#list > li")) == 20 and not more.has("#hits")
    assert weight(more) <= 5_000


def test_the_first_visit_of_a_guest_stays_small(browser, coaches):
    page = browser.get("/coaches")
    assert len(page.all("#list > li")) == 20 and page.has("style")
    assert len(brotli.compress(page.response.content, quality=11)) <= 17_000 - 750  # its headers


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_link_of_the_page_keeps_what_is_set(path, browser, requests, coaches, carla, sofia):
    person, read = of(path, browser, carla, sofia), READ[path]
    address = f"{path}?skill=excel&skill=spanish&language=en&language=es&language=sw&sort=newest"
    asked = read(parse_qs(urlsplit(address).query))
    page = person.get(address)
    links = [link["href"] for link in page.all(".tabs a, .chips a, #list-pager a")]
    assert len(links) > 8
    for link in links:
        search = read(parse_qs(urlsplit(link).query))
        lost = {one.address for one in asked.but(sort=search.sort).filters}
        assert search.but(sort="") in (
            asked.but(sort=""), asked.cleared.but(sort=""),
            *(one.less.but(sort="") for one in asked.filters),
        ), (link, lost)  # fmt: skip
    form = page.form("#find")
    assert sorted(filter(str.strip, form.values("skill"))) == ["excel", "spanish"]
    assert form.values("language") == ["en", "es", "sw"] and form.value("sort") == "newest"
    assert form.submit().texts("#hits") == page.texts("#hits")


@pytest.mark.parametrize("path", EVERYTHING)
def test_everything_that_is_set_stands_in_the_form_again(path, browser, coaches, carla, sofia, db):
    make_request(db, sofia, skills=("Excel", "Piano"))
    address = path + EVERYTHING[path] + "&sort=newest"
    form = of(path, browser, carla, sofia).get(address).form("#find")
    asked = READ[path](parse_qs(urlsplit(address).query))
    again = READ[path](parse_qs(urlsplit(form.submit().path).query))
    if path == "/coaches":  # which is asked only while somebody has a rating
        asked = asked.but(rating=0)
    assert sorted(again.address.split("&")) == sorted(asked.address.split("&"))


@pytest.mark.parametrize("path", EVERYTHING)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(
    st.sampled_from([
        "q", "skill", "topic", "all", "level", "format", "language", "language_level", "country",
        "budget_from", "budget_to", "price_from", "price_to", "currency", "posted", "fewer",
        "not_proposed", "bookmarked", "rating", "speaks_mine", "new", "sort", "request",
    ]) | st.text(max_size=10),
    st.text(max_size=40) | st.sampled_from([
        "1", "7", "30", "es", "beginner", "EUR", "match", "rating", "newest", "ES", '"a b" -c',
        "9" * 18, "999999999.99", "\x00", "-", '"', "*", "NEAR", "a:b", "&|!", "'", "%", "\\",
    ]),
), max_size=12))  # fmt: skip
def test_no_address_is_a_fault(path, browser, carla, sofia, pairs):
    query = "&".join(
        f"{quote(name.encode('utf-8', 'replace'))}={quote(value.encode('utf-8', 'replace'))}"
        for name, value in pairs
    )
    answer = of(path, browser, carla, sofia).htmx.get(f"{path}?{query}")
    assert answer.is_good, query


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_place_that_no_list_has_is_not_found(path, browser, requests, coaches, carla, sofia):
    for sort in SORTS[path]:
        for after in ("nonsense", "1-2-3-4-5", "9" * 30, "-", "1", "x-1"):
            answer = of(path, browser, carla, sofia).get(f"{path}?sort={sort}&after={after}")
            assert answer.status in (200, 404), (sort, after)


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_place_is_one_in_its_own_order(path, browser, requests, coaches, carla, sofia):
    person, words = of(path, browser, carla, sofia), "q=a&"
    shown = {}
    for sort in set(SORTS[path]) - {"rating"}:  # which nobody has
        page = person.get(f"{path}?{words}sort={sort}")
        more = page.click("Show 20 more")
        shown[sort] = page.texts("#list h2"), more.texts("#list h2"), more.path.split("after=")[1]
        assert shown[sort][1] and more.texts(".tabs [aria-current]") == page.texts(
            ".tabs [aria-current]"
        )
    for sort, (_, second, place) in shown.items():
        for other in shown:
            again = person.get(f"{path}?{words}sort={other}&after={place}").texts("#list h2")
            assert again == (second if other == sort else shown[other][0]), (sort, other)
        # The usual order may have become another one meanwhile.
        assert person.get(f"{path}?{words}after={place}").texts("#list h2") == second, sort
        assert person.get(f"{path}?{words}sort=else&after={place}").texts("#list h2") == second


@pytest.mark.parametrize("path", EVERYTHING)
def test_an_empty_result_names_each_filter_that_is_in_the_way(path, browser, coaches, carla, sofia):
    page = of(path, browser, carla, sofia).get(path + EVERYTHING[path])
    assert page.one("#hits").text.startswith("0 ") and not page.has("#list > li")
    assert page.says("Try fewer or other words")
    assert page.click({"/requests": "Show all open requests", "/coaches": "Post a request"}[path])


def test_a_student_who_gains_nothing_is_offered_no_match(browser, db, carla):
    somebody = make_student(db)
    tabs = browser.as_(somebody).get("/coaches").texts(".tabs a")
    assert "Best match" not in tabs and tabs[0] == "Newest"
    assert browser.get("/coaches").texts(".tabs a") == tabs


@pytest.mark.parametrize(("query", "sentence", "left"), [
    ("budget_from=abc", "“abc” could not be read. Write an amount such as 18 or 18.50.", ""),
    ("budget_to=-5&posted=7", "“-5” could not be read. Write an amount such as 18 or 18.50.",
     "Posted in the last 7 days"),
    ("budget_from=30&budget_to=10", "“From” is above “To”. Change one of them.",
     "$30 to $10 a session"),
    ("budget_from=%E2%82%AC30&budget_to=%C2%A340",
     "“£40” is in another currency, so it is left out.", "From €30 a session"),
])  # fmt: skip
def test_what_is_wrong_with_an_amount_is_said_beside_it(
    browser, db, sofia, carla, query, sentence, left
):
    make_request(db, sofia, title="Piano", budget_from=500, budget_to=2000)
    page = browser.as_(carla).get(f"/requests?{query}")
    assert page.is_good and page.texts(".chips a[aria-label]") == [left] * bool(left)
    field = page.one("#filters [aria-invalid]")
    assert page.one(f"#{field['aria-describedby']}").text == sentence
    assert page.form("#find").submit().says(sentence), "what was typed stands there still"
    assert all("abc" not in tab["href"] for tab in page.all(".tabs a"))


def test_an_order_by_money_says_in_which_currency_it_is(browser, carla):
    said = "Amounts in EUR come first, then all others, the newest first."
    assert carla.country == "ES"
    for path in ("/requests?sort=budget", "/coaches?sort=price_up", "/coaches?sort=price_down"):
        assert browser.as_(carla).get(path).says(said), path
    assert not browser.as_(carla).get("/requests?sort=newest").says(said)


def test_an_amount_is_read_with_its_sign(browser, db, sofia, carla):
    make_request(db, sofia, title="In dollars", budget_from=4000, budget_to=4000)
    make_request(db, sofia, title="In euros", budget_from=4000, budget_to=4000, currency="EUR")
    form = browser.as_(carla).get("/requests").form("#find")
    for typed in ("€30", "30 EUR", "eur 30.00"):
        page = form.fill(budget_from=typed, currency="USD").submit()
        assert page.texts("#list h2") == ["In euros"] and page.texts(".chips a") == [
            "From €30 a session"
        ]
        assert not page.has("[aria-invalid]") and page.form("#find").value("currency") == "EUR"
