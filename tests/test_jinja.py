"""Fragments that are drawn once: the same for the same values, and nothing of the page around."""

import pytest
from jinja2 import UndefinedError

from app.jinja import environment
from db.queries.search_options import Count, Option

LIST = "partials/ui/counted_options.html"


def drawn(name: str = "skill", **more: object) -> str:
    """A list with one option."""
    one = Option(7, "Chess & <b>Go</b>", "chess", Count(3))
    values = {"name": name, "options": (one,), "chosen": (), "units": ("open", "open")} | more
    page = environment().from_string("{{ drawn(template, **values) }}")
    return page.render(template=LIST, values=values, viewer="somebody")


def test_the_same_values_are_drawn_alike_and_others_anew():
    assert drawn() == drawn()
    assert 'name="skill"' in drawn() and 'name="language"' in drawn(name="language")
    assert " checked" in drawn(chosen=("chess",)) and " checked" not in drawn()


def test_what_is_drawn_once_is_escaped_once():
    assert "Chess &amp; &lt;b&gt;Go&lt;/b&gt;" in drawn()


def test_it_knows_nothing_of_the_page_around():
    page = environment().from_string("{{ drawn(template, wanted=1) }}")
    with pytest.raises(UndefinedError):
        page.render(template=LIST, options=(), chosen=(), name="", units=())
