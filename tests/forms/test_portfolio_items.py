from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.forms.form import bind, blank
from app.forms.portfolio_items import PRETENDS, PortfolioItemForm, is_blank, values_of
from app.jinja import environment
from app.labels import LABELS
from db.models.portfolio_items import Category
from db.queries.portfolio_items import PortfolioCard

CARLAS: dict[str, str] = {
    "category": "tutorial",
    "title": "Small talk at the market",
    "description": "Ten minutes that show how we would begin, with subtitles.",
    "link_1": "https://youtu.be/1",
}


def sent(**but: str) -> Any:
    return bind(PortfolioItemForm, {name: [text] for name, text in (CARLAS | but).items()})


def test_what_carla_writes_is_taken():
    form = sent(
        label_1="Watch it", skills="Spanish, small talk", link_3="https://carla.example"
    ).data
    assert form and form.category is Category.TUTORIAL
    assert form.links == [("https://youtu.be/1", "Watch it"), ("https://carla.example/", "")]
    assert form.skill_names == ["Spanish", "small talk"]


def test_every_mistake_is_said_at_once():
    form = bind(PortfolioItemForm, {"title": ["Talk"], "link_2": ["javascript:alert(1)"]})
    assert set(form.errors) == {"category", "title", "description", "link_1", "link_2"}


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("title", "Talk", "at least 5"),
        ("title", "x" * 101, "100 characters"),
        ("description", "Too short.", "at least 50"),
        ("description", "x" * 2001, "2,000 characters"),
        ("category", "video", "Choose one"),
        ("link_1", "", "Fill this in."),
        ("link_5", "https://youtube.com@evil.example", "without a name or password"),
        ("label_1", "x" * 81, "80 characters"),
        ("skills", ", ".join(f"skill {n}" for n in "abcdefghi"), "at most 8"),
    ],
)
def test_each_rule_has_its_sentence(field: str, text: str, sentence: str):
    assert sentence in sent(**{field: text}).error(field)


def test_a_link_is_kept_once_with_the_name_it_has_somewhere():
    form = sent(link_2="https://YOUTU.be/1", label_2="Watch it", link_4="https://youtu.be/1").data
    assert form and form.links == [("https://youtu.be/1", "Watch it")]


def test_a_name_needs_its_link():
    assert "Add the link" in sent(label_2="Watch it").error("link_2")
    wrong = sent(label_2="Watch it", link_2="javascript:alert(1)")
    assert "Only http and https" in wrong.error("link_2")


@pytest.mark.parametrize("label", ["youtube.com/watch", "https://youtube.com", "www.youtube"])
def test_a_name_that_reads_like_another_link_is_refused_in_words(label: str):
    form = sent(link_2="https://evil.example/", label_2=label)
    assert form.errors == {"label_2": PRETENDS}


def test_a_form_nobody_wrote_into_is_blank():
    assert is_blank({"title": [" "], "link_1": [""], "action": ["add"]})
    assert not is_blank({"label_5": ["Watch it"]})


def test_what_is_stored_stands_in_the_form_as_it_would_be_sent():
    links = (("https://youtu.be/1", "Watch it"), ("https://carla.example/", ""))
    card = PortfolioCard(
        1,
        Category.TUTORIAL,
        CARLAS["title"],
        CARLAS["description"],
        False,
        None,
        links,
        ("Spanish",),
    )
    form = bind(PortfolioItemForm, blank(PortfolioItemForm, values_of(card)).raw).data
    assert form and (form.links, form.skill_names) == ([*links], ["Spanish"])


def test_the_form_offers_every_kind_by_its_name():
    drawn = environment().get_template("partials/portfolio_items/fields.html")
    page = BeautifulSoup(drawn.render(form=blank(PortfolioItemForm)), "html.parser")
    options = [(o["value"], o.get_text()) for o in page.select("[name=category] option")]
    assert options[1:] == [(str(kind), words) for kind, words in LABELS[Category].items()]
