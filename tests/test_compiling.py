"""Templates say the same as Jinja's own would, with less work for every page."""

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, nodes
from jinja2.exceptions import UndefinedError

from app.compiling import Templates
from tests.house.source import template_tree, templates

FILES = {
    "page": '{% set a = 1 %}{% include "part" %}{{ a }}{% for n in (1, 2) %}{% include "row" %}'
    "{% endfor %}",
    "part": "{% set a = 2 %}[{{ a }}{{ b }}]",
    "row": '{% from "words" import say %}{% set n = n + 10 %}{{ say(n) }}{% include "deep" %} ',
    "deep": "{{ n }}",
    "words": "{% macro say(what) %}<b>{{ what }}</b>{% endmacro %}",
    "child": '{% extends "frame" %}{% block main %}{% with x = "<" %}{% include "inner" %}'
    "{% endwith %}{% endblock %}",
    "frame": "({% block main %}{% endblock %})",
    "inner": "{% if x %}{% set y = x %}{{ y }}{% endif %}{{ b }}",
    "macro": "{% macro twice(x) %}{% include 'inner' %}{% include 'inner' %}{% endmacro %}"
    "{{ twice(b) }}",
    "kept": "{% set text %}{% include 'part' %}{% endset %}{{ text|length }}{{ text }}",
    "named": "{% include name %}",
    "again": "{{ n }}{% if n %}{% with n = n - 1 %}{% include 'again' %}{% endwith %}{% endif %}",
}


def said(kind: type[Environment], name: str) -> str:
    environment = kind(loader=DictLoader(FILES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name).render(b="&", n=3, name="part")


@pytest.mark.parametrize("name", ["page", "child", "macro", "kept", "named", "again"])
def test_what_is_put_in_place_says_the_same(name):
    assert said(Templates, name) == said(Environment, name)


def test_a_name_that_is_missing_is_missed_there_too():
    environment = Templates(loader=DictLoader(FILES), undefined=StrictUndefined)
    with pytest.raises(UndefinedError, match="'b' is undefined"):
        environment.get_template("page").render()


def test_an_error_in_it_is_told_of_the_line_that_includes_it():
    files = {"page": "\n\n{% include 'part' %}", "part": "{{ 1 // 0 }}"}
    environment = Templates(loader=DictLoader(files))
    with pytest.raises(ZeroDivisionError) as raised:
        environment.get_template("page").render()
    assert raised.traceback[-1].lineno == 2  # counted from 0


def test_an_icon_is_drawn_once_for_all_pages():
    drawn = []
    environment = Templates(loader=DictLoader({"page": "{{ icon('bell') }}{{ icon(name) }}"}))
    environment.globals["icon"] = lambda name: drawn.append(name) or f"<{name}>"
    page = environment.get_template("page")
    assert [page.render(name="x"), page.render(name="y")] == ["<bell><x>", "<bell><y>"]
    assert drawn == ["bell", "x", "y"]


@pytest.mark.parametrize("name", templates())
def test_nobody_else_becomes_the_viewer_for_a_while(name):
    # Filters read the context of the page, which an include does not change any more.
    names = template_tree(name).find_all(nodes.Name)
    assert not [one for one in names if one.name == "viewer" and one.ctx != "load"]
