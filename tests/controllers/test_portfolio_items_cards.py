"""A coach's portfolio as everybody sees it, and the picture of a piece, through the browser."""

import io

import ada_url
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select

from app.jinja import environment
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import PortfolioItem, PortfolioLink
from db.models.profiles import CoachProfile
from db.queries import portfolio_items
from tests.controllers.test_portfolio_items import LIST, NEW, happened
from tests.factories import make_coach_skill, make_picture, make_portfolio_item

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


def drawn(db, coach):
    """The cards as everybody sees them."""
    cards = environment().get_template("partials/portfolio_items/cards.html")
    html = cards.render(items=portfolio_items.cards(db, coach.id))
    return BeautifulSoup(html, "html.parser")


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


def test_a_guest_sees_where_each_link_of_a_coach_leads(browser, db, carla):
    make_portfolio_item(db, carla, links=(("https://vimeo.com/1", "Watch it"),))
    page = browser.as_guest().get("/coaches/carla-ruiz")
    link = page.one("article a[href='https://vimeo.com/1']")
    assert link["rel"] == REL and " ".join(link.get_text(" ").split()) == "Watch it vimeo.com"


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


def test_another_picture_takes_the_place_of_the_first(browser, db, carla):
    item = make_portfolio_item(db, carla)
    opened = browser.as_(carla).get(f"{LIST}/{item.id}")
    tokens = []
    for htmx in (False, True):
        form = opened.form(f"{LIST}/{item.id}").attach(thumbnail=("market.png", PNG))
        form.submit(htmx=htmx)
        tokens.append(portfolio_items.one(db, item.id).thumbnail)
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


def test_noor_adds_a_picture_in_the_step_of_becoming_a_coach(browser, db, noor):
    make_coach_skill(db, noor, "Arabic")
    noors = db.get_one(CoachProfile, noor.id)
    noors.goal = "side_income"
    page = browser.as_(noor).get("/become-a-coach/portfolio")
    form = page.form("step-form").fill(**NEW).attach(thumbnail=("market.png", PNG))
    page = form.submit("add").follow()
    [card] = portfolio_items.cards(db, noor.id)
    assert page.one("#portfolio-item-list li img")["src"] == f"/pictures/{card.thumbnail}"
