"""What a coach shows of their work, through the browser: added, changed, moved, removed, back."""

import pytest
from sqlalchemy import select

from db.models.events import Event
from db.models.portfolio_items import PortfolioItem
from db.queries import portfolio_items
from tests.factories import make_portfolio_item

LIST = "/profile/portfolio"
NEW = {
    "category": "tutorial",
    "title": "Small talk at the market",
    "description": "Ten minutes that show how we would begin, with subtitles.",
    "link_1": "https://youtu.be/1",
    "label_1": "Watch it",
    "skills": "Spanish, small talk",
}


@pytest.fixture
def two(db, carla):
    """Carla's list: a talk, and a paper after it."""
    return [
        make_portfolio_item(db, carla, title="A talk", position=0),
        make_portfolio_item(db, carla, title="A paper", position=1),
    ]


def titles(answer):
    return answer.texts("#portfolio-item-list h3")


def happened(db):
    return list(db.scalars(select(Event.name).order_by(Event.id)))


# Adding.


def test_carla_adds_a_piece_of_work_without_script(browser, db, carla):
    page = browser.as_(carla).get(LIST)
    assert page.says("Nothing here yet.")
    answer = page.form("portfolio-item").fill(**NEW, link_3="https://carla.example").submit()
    assert answer.leads_to(LIST) and answer.location.endswith("#portfolio-item-list")
    page = answer.follow()
    assert titles(page) == ["Small talk at the market"]
    links = page.all("#portfolio-item-list a[rel]")
    assert [link["href"] for link in links] == ["https://youtu.be/1", "https://carla.example/"]
    assert [" ".join(link.get_text(" ").split()) for link in links] == [
        "Watch it youtu.be",
        "carla.example",
    ]
    assert happened(db) == ["portfolio_item.added"]


def test_for_htmx_the_list_and_an_empty_form_come_back(browser, carla):
    page = browser.as_(carla).get(LIST)
    answer = page.form("portfolio-item").fill(**NEW).submit(htmx=True)
    assert titles(answer) == ["Small talk at the market"]
    assert answer.form("portfolio-item").value("title") == ""
    assert answer.one("#portfolio-item-list li[autofocus]")


def test_a_wrong_item_comes_back_as_it_was_typed_with_every_mistake(browser, db, carla):
    page = browser.as_(carla).get(LIST)
    assert not page.has("#portfolio-item details[open]")
    for htmx in (False, True):
        form = page.form("portfolio-item").fill(
            title="Talk",
            link_1="ftp://carla.example/",
            label_4="The paper",
            link_5="https://youtube.com@evil.example",
        )
        answer = form.submit(htmx=htmx)
        assert answer.is_redisplay
        assert answer.error_of("title").endswith("This has 4.")
        assert answer.error_of("category") and answer.error_of("description")
        assert "Only http and https links" in answer.error_of("link_1")
        assert answer.error_of("link_4").endswith("Add the link that goes by this name.")
        assert "without a name or password" in answer.error_of("link_5")
        assert answer.has("#portfolio-item details[open]")  # nothing wrong is folded away
        assert answer.form("portfolio-item").value("label_4") == "The paper"
    assert not db.scalars(select(PortfolioItem)).all()


def test_a_name_that_reads_like_another_site_is_refused(browser, carla):
    fields = NEW | {"link_1": "https://evil.example/", "label_1": "youtube.com"}
    answer = browser.as_(carla).get(LIST).form("portfolio-item").fill(**fields).submit()
    assert answer.is_redisplay and "Say it in words" in answer.error_of("label_1")


def test_a_form_sent_twice_adds_one(browser, db, carla):
    form = browser.as_(carla).get(LIST).form("portfolio-item").fill(**NEW)
    for htmx in (False, False, True):
        form.submit(htmx=htmx)
    assert len(db.scalars(select(PortfolioItem)).all()) == 1


def test_twelve_fit_and_removed_ones_do_not_count(browser, db, carla):
    items = [make_portfolio_item(db, carla, position=place) for place in range(12)]
    page = browser.as_(carla).get(LIST)
    assert page.says("These are 12, and no more fit.")
    answer = page.form("portfolio-item").fill(**NEW).submit()
    assert answer.is_redisplay
    assert answer.says("12 fit here. Remove one before you add another.")
    assert answer.form("portfolio-item").value("title") == NEW["title"]
    page = page.form(f"{LIST}/{items[0].id}/remove").submit().follow()
    assert not page.says("no more fit")
    assert page.form("portfolio-item").fill(**NEW).submit().leads_to(LIST)
    assert browser.as_(carla).post(f"{LIST}/{items[0].id}/restore").is_conflict


# Changing.


def test_carla_changes_an_item_without_script(browser, db, carla):
    item = make_portfolio_item(
        db,
        carla,
        links=(("https://youtu.be/1", "Watch it"), ("https://carla.example/", "")),
        skills=("Spanish",),
    )
    page = browser.as_(carla).get(LIST).click("Change Small talk at the market")
    form = page.form(f"{LIST}/{item.id}")
    assert page.has(f"#link-2-{item.id}") and page.has("#portfolio-item-list details[open]")
    assert (form.value("label_1"), form.value("skills")) == ("Watch it", "Spanish")
    answer = form.fill(link_1="https://vimeo.com/1", link_2="", skills="").submit()
    assert answer.leads_to(LIST)
    card = portfolio_items.one(db, item.id)
    assert (card.links, card.skills) == ((("https://vimeo.com/1", "Watch it"),), ())
    assert happened(db) == ["portfolio_item.changed"]


def test_in_place_the_row_becomes_a_form_and_a_row_again(browser, carla, two):
    asking = browser.as_(carla).htmx
    opened = asking.get(f"{LIST}/{two[1].id}")
    assert titles(opened) == ["A talk", "Change “A paper”"]
    answer = opened.form(f"{LIST}/{two[1].id}").fill(title="A page").submit(htmx=True)
    assert titles(answer) == ["A talk", "A page"]


def test_a_wrong_change_stays_open_with_what_was_typed(browser, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    for htmx in (False, True):
        form = opened.form(f"{LIST}/{two[0].id}").fill(title="", link_1="https://localhost/")
        answer = form.submit(htmx=htmx)
        assert answer.is_redisplay and answer.error_of("title").endswith("Fill this in.")
        assert answer.error_of("link_1") == "This is not an address on the internet."
        assert answer.form(f"{LIST}/{two[0].id}").value("link_1") == "https://localhost/"


def test_who_comes_second_sees_both_and_can_go_on(browser, db, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    opened.form(f"{LIST}/{two[0].id}").fill(link_2="https://first.example/").submit()
    for htmx in (False, True):
        form = opened.form(f"{LIST}/{two[0].id}").fill(link_2="https://second.example/")
        answer = form.submit(htmx=htmx)
        assert answer.is_conflict and answer.says("first.example")
        assert answer.form(f"{LIST}/{two[0].id}").value("link_2") == "https://second.example/"
    assert answer.form(f"{LIST}/{two[0].id}").submit().leads_to(LIST)
    assert portfolio_items.one(db, two[0].id).links[1] == ("https://second.example/", "")


def test_the_same_change_sent_again_is_no_conflict(browser, db, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    form = opened.form(f"{LIST}/{two[0].id}").fill(skills="grammar, GRAMMAR", label_1="My page")
    assert form.submit().leads_to(LIST) and form.submit().leads_to(LIST)
    assert happened(db) == ["portfolio_item.changed"]


# Moving, removing, putting back.


def test_carla_moves_an_item_up_and_down_without_script(browser, db, carla, two):
    page = browser.as_(carla).get(LIST)
    page = page.form(f"{LIST}/{two[1].id}/up").submit().follow()
    assert titles(page) == ["A paper", "A talk"]
    assert [card.title for card in portfolio_items.cards(db, carla.id)] == ["A paper", "A talk"]
    answer = page.form(f"{LIST}/{two[1].id}/down").submit(htmx=True)
    assert titles(answer) == ["A talk", "A paper"]
    assert happened(db) == ["portfolio_item.moved"] * 2


def test_carla_removes_an_item_and_puts_it_back_where_it_was(browser, db, carla, two):
    page = browser.as_(carla).get(LIST)
    page = page.form(f"{LIST}/{two[0].id}/remove").submit().follow()
    assert titles(page) == ["A paper"] and page.says("“A talk” was removed.")
    page = page.form(f"{LIST}/{two[0].id}/restore").submit().follow()
    assert titles(page) == ["A talk", "A paper"]
    assert happened(db) == ["portfolio_item.removed", "portfolio_item.restored"]


# Who may.


@pytest.mark.parametrize("deed", ["", "/up", "/down", "/remove", "/restore"])
def test_nobody_touches_the_item_of_another_coach(browser, db, cole, two, deed):
    fields = NEW if not deed else {}
    assert browser.as_(cole).post(f"{LIST}/{two[0].id}{deed}", fields).is_not_found
    assert browser.as_guest().post(f"{LIST}/{two[0].id}{deed}", fields).asks_to_sign_in
    assert browser.as_(cole).get(f"{LIST}/{two[0].id}").is_not_found
    assert not happened(db)


def test_sofia_who_does_not_teach_has_no_portfolio(browser, sofia):
    assert browser.as_(sofia).get(LIST).is_not_allowed
    assert browser.as_(sofia).post(LIST, NEW).is_not_allowed
