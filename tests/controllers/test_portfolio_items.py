"""What a coach shows of their work, through the browser: added, changed, moved, removed, back."""

import io

import ada_url
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select

from app.jinja import environment
from db.models.events import Event
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import PortfolioItem, PortfolioLink
from db.queries import portfolio_items
from tests.factories import make_picture, make_portfolio_item

LIST = "/profile/portfolio"
NEW = {
    "category": "tutorial",
    "title": "Small talk at the market",
    "description": "Ten minutes that show how we would begin, with subtitles.",
    "link_1": "https://youtu.be/1",
    "label_1": "Watch it",
    "skills": "Spanish, small talk",
}
REL = ["noopener", "noreferrer", "nofollow", "ugc"]
SCRIPTS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</h3></li></ul><script>//",
    "<a href='javascript:alert(1)'>here</a>", "' onmouseover='alert(1)",
    "&lt;script&gt;", "<!--", "]]>", "<svg/onload=alert(1)>",
]  # fmt: skip


def png():
    """A small picture, as a phone would send it."""
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return file.getvalue()


PNG = png()


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


def drawn(db, coach):
    """The cards as everybody sees them."""
    cards = environment().get_template("partials/portfolio_items/cards.html")
    html = cards.render(items=portfolio_items.cards(db, coach.id))
    return BeautifulSoup(html, "html.parser")


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
    assert (card.links, card.skills) == ([("https://vimeo.com/1", "Watch it")], [])
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


# What everybody sees.


def test_every_link_leads_away_without_a_trace_and_shows_its_host(browser, db, carla):
    typed = {
        "link_1": "https://www.youtube.com/watch?v=1",
        "link_2": "http://good.example#@evil.example",
        "link_3": "https://аpple.com./",
        "link_4": "https://0x5db8d822:8443/",
        "link_5": "https://youtube.com.evil.example/",
    }
    page = browser.as_(carla).get(LIST)
    assert page.form("portfolio-item").fill(**(NEW | typed)).submit().leads_to(LIST)
    stored = list(db.scalars(select(PortfolioLink.address).order_by(PortfolioLink.position)))
    for shown in (drawn(db, carla), browser.as_(carla).get(LIST).page):
        links = shown.select("a[href^=http]")
        assert [link["href"] for link in links] == stored
        for link in links:
            assert link["rel"] == REL and "target" not in link.attrs
            assert link.get_text(" ").split()[-1] == ada_url.URL(link["href"]).host
        uses = [str(link.select_one("use")["href"]).rpartition("#")[2] for link in links]
        assert uses == ["youtube", "link", "link", "link", "link"]
        assert not shown.select("iframe, embed, object, video, audio")


def test_a_link_that_came_in_past_the_form_is_not_offered(db, carla):
    make_portfolio_item(db, carla, links=(("javascript:alert(1)", "Watch it"),))
    assert not drawn(db, carla).select("a")


def test_a_long_description_is_folded_and_a_short_one_is_not(db, carla):
    make_portfolio_item(db, carla, title="Short", position=0)
    make_portfolio_item(db, carla, title="Long", description="Word after word. " * 40, position=1)
    short, long = drawn(db, carla).select("article")
    assert not short.select("details") and "with subtitles." in short.get_text()
    assert long.select_one("details:not([open]) summary") and "Read more" in long.get_text()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_that_is_stored_stays_words(browser, db, carla, script):
    make_portfolio_item(
        db,
        carla,
        title=script,
        description=script + " and some words after it" * 20,
        links=(("https://carla.example/", script),),
        skills=(script[:40],),
    )
    opened = browser.as_(carla).get(f"{LIST}/{portfolio_items.cards(db, carla.id)[0].id}").page
    for shown in (drawn(db, carla), browser.as_(carla).get(LIST).page, opened):
        inside = shown.select_one("#portfolio-item-list") or shown
        assert not inside.select("script, img, svg[onload], [onerror], [onmouseover]")
        assert not inside.select("a[href^=javascript]")
        assert script in inside.get_text() or inside.select_one("[name=title]")["value"] == script


# The picture of a piece.


def test_carla_adds_a_picture_and_takes_it_off_without_script(browser, db, carla):
    page = browser.as_(carla).get(LIST)
    form = page.form("portfolio-item").fill(**NEW)
    page = form.attach(thumbnail=("market.png", PNG)).submit().follow()
    [card] = portfolio_items.cards(db, carla.id)
    assert page.one("#portfolio-item-list li img")["src"] == f"/pictures/{card.thumbnail}"
    assert drawn(db, carla).select_one("img")["src"] == f"/pictures/{card.thumbnail}"
    opened = page.click("Change Small talk at the market")
    form = opened.form(f"{LIST}/{card.id}").fill(remove_thumbnail=True)
    assert form.submit().leads_to(LIST)
    assert not db.scalars(select(Picture)).all()
    assert not drawn(db, carla).select("img") and drawn(db, carla).select("svg")
    assert happened(db) == ["portfolio_item.added", "portfolio_item.changed"]


def test_another_picture_takes_the_place_of_the_first(browser, db, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    tokens = []
    for htmx in (False, True):
        form = opened.form(f"{LIST}/{two[0].id}").attach(thumbnail=("market.png", PNG))
        form.submit(htmx=htmx)
        tokens.append(portfolio_items.one(db, two[0].id).thumbnail)
    assert tokens[0] != tokens[1]
    assert db.scalars(select(Picture.token)).all() == tokens[1:]


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_words_stay(browser, db, carla):
    for htmx in (False, True):
        form = browser.as_(carla).get(LIST).form("portfolio-item").fill(**NEW)
        answer = form.attach(thumbnail=("market.jpg", b"<script>alert(1)</script>")).submit(
            htmx=htmx
        )
        assert answer.is_redisplay and "not a picture" in answer.error_of("thumbnail")
        assert answer.form("portfolio-item").value("link_1") == NEW["link_1"]
    assert not db.scalars(select(PortfolioItem)).all()


def test_who_saves_data_sees_the_cover(db, carla):
    make_portfolio_item(db, carla, thumbnail_id=make_picture(db, carla, PictureKind.THUMBNAIL).id)
    cards = environment().get_template("partials/portfolio_items/cards.html")
    html = cards.render(items=portfolio_items.cards(db, carla.id), lite=True)
    assert not BeautifulSoup(html, "html.parser").select("img")
