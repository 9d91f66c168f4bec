"""Every page is looked at: what is planted in a good one is found, also once that was known."""

from typing import Any

import pytest

from tests import inspection
from tests.inspection import fragment_faults, page_faults

KEY = '<input type="hidden" name="form_key" value="{}">'
PLANTED = {
    '<p style="margin:0">x</p>': "a style attribute",
    '<p onclick="x">x</p>': "a script in onclick",
    '<a href=" javascript:x">x</a>': "a script in href",
    "<script>x</script>": "an inline script",
    '<script type="application/ld+json">{</script>': "data that nobody can read",
    '<img src="//elsewhere.example/x" alt="">': "something from another host",
    '<img src="/x">': "a picture without alt",
    '<a href="/x"><svg></svg></a>': "a <a> that says nothing",
    "<a>x</a>": "a link to nowhere",
    '<a href="/x" target="_blank">x</a>': "a new window that keeps its opener",
    "<button>x</button>": "a button that sends no form",
    "<input>": "a field without a name",
    '<input name="x">': "a field without a label",
    '<form action="/x"></form>': "a form without a method",
    '<form method="post" action="x"></form>': "a form without an action of ours",
    '<form method="post" action="/x" hx-post="/y"></form>': "hx-post differs from action",
    "<form><textarea></textarea></form>": "a form that loses long words",
    "<p>None</p>": "left over from a template",
    "<p>{{ x }}</p>": "left over from a template",
    '<p title="Undefined">x</p>': "left over from a template in title",
    '<i id="x"></i><i id="x"></i>': "id 'x' is there 2 times",
    '<i id="a b"></i>': "id 'a b' has a space",
}
IN_WHOLE_PAGES = {
    "<h1>x</h1>": "2 h1",
    "<main>x</main>": "2 <main>",
    "<title>x</title>": "2 titles",
    "<style>x</style>": "whose hash is not in the content policy",
    '<a href="#nowhere">x</a>': "a link to '#nowhere', which is nowhere",
    '<label for="nowhere">x</label>': "for='nowhere' points at nothing",
    '<p hx-target="#nowhere">x</p>': "hx-target='#nowhere' points at nothing",
}


@pytest.fixture
def page(browser: Any) -> tuple[str, str]:
    answer = browser.get("/sign-in")
    return answer.text, answer.headers["content-security-policy"]


@pytest.mark.parametrize("planted", [*PLANTED, *IN_WHOLE_PAGES])
def test_what_is_planted_in_a_page_is_found(page: tuple[str, str], planted: str) -> None:
    text, policy = page
    assert not page_faults(text, policy)
    wanted = (PLANTED | IN_WHOLE_PAGES)[planted]
    for _ in range(2):
        found = page_faults(text.replace("</main>", f"{planted}</main>", 1), policy)
        assert any(wanted in fault for fault in found), found
    assert not page_faults(text, policy)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_in_a_fragment_is_found(planted: str) -> None:
    assert not fragment_faults("<p>x</p>")
    found = fragment_faults(f"<p>x</p>{planted}")
    assert any(PLANTED[planted] in fault for fault in found), found


def test_a_page_is_no_fragment_and_a_fragment_no_page(page: tuple[str, str]) -> None:
    text, policy = page
    assert not page_faults(text, policy) and not fragment_faults("<p>x</p>")
    assert fragment_faults(text) and page_faults("<p>x</p>", policy)


def test_the_policy_is_looked_at_too(page: tuple[str, str]) -> None:
    text, policy = page
    assert not page_faults(text, policy)
    assert page_faults(text, policy.replace("script-src 'self'", "script-src *"))


def test_pages_that_differ_in_a_key_are_looked_at_once(page: tuple[str, str]) -> None:
    text, policy = page
    known = set[int]()
    for key in ("one-key", "another_1"):
        kept = text.replace("</main>", f"{KEY.format(key)}</main>", 1)
        assert not page_faults(kept, policy)
        known.add(len(inspection.GOOD))
    assert len(known) == 1
    odd = text.replace("</main>", f"{KEY.format('javascript:x')}</main>", 1)
    assert page_faults(odd, policy)
