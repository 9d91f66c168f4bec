"""No address and no form, however odd, is answered with anything but words or what was asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.house.filled import FILLED
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.house.source import files, text
from tests.thorough import THOROUGH, turn

ODD = [
    "0", "-1", "+1", "01", "1.0", "1_0", "1e3", "%20", "%D9%A1%D9%A2", "%EF%BC%91", str(2**63 - 1),
    str(2**63), "1" + "0" * 30, "null", "%00", "%ff", "%ed%a0%80", "%F0%9F%99%82", "x" * 5000,
    "..", "%2e%2e", "%2F", "%5C", "%25", "%0d%0a", "%E2%80%AE", "%3Cscript%3E", "'--",
]  # fmt: skip
SOME = ["", "-1", "1_0", "%D9%A1", str(2**63), "%00", "%ff", "%ed%a0%80", "x" * 5000, "1.1", "e30"]
PARSED = (
    "part", "side", "show", "after", "before", "status", "form", "list", "request", "proposal",
    "sort", "ending",
)  # fmt: skip
SEARCHED = ("q", "skill", "topic", "next", "from", "welcome", "sent", "skills", "sessions", "price")
TYPED = [
    "", " ", "x" * 10_000, "🙂" * 900, "nul\0nul", "\x1b[31m", "\u202eevil", "\u200b",
    "e\u0301" * 300,
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "٢٣", "-1", "0",
    "1e999", "NaN", str(2**63), "9" * 40, "2026-02-30", "null",
]  # fmt: skip
GETS = sorted(route.name for route in all_routes() if not route.writes)
POSTS = sorted(route.name for route in all_routes() if route.writes)


def test_every_form_has_been_filled_in() -> None:
    assert sorted(FILLED) == POSTS


def test_every_query_that_is_read_is_tried() -> None:
    read = set()
    for path in files(".py", under="app/"):
        for word in ('query("', 'getall("'):
            read |= {part.split('"')[0] for part in text(path).split(word)[1:]}
    assert read <= {*PARSED, *SEARCHED}


def said(answer: Any) -> str:
    """What is wrong with this answer, or nothing; most are pages nobody needs to parse."""
    status = getattr(answer, "status", None) or answer.status_code
    if status >= 500:
        return f"{status}"
    if status >= 400 and not any(mark in answer.text for mark in ("<h1", "<hx-partial", "<form")):
        return f"{status} without words"
    return "" if status in (200, 204, 303, 400, 404, 409, 413, 422, 429) else f"{status} is odd"


def asked(asking: Any, path: str) -> Any:
    """The bare answer, as a browser that has been here before gets it."""
    cookies = {**asking.cookies, "seen": "1"}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    return asking.client.get(path, headers=headers, follow_redirects=False)


@pytest.mark.parametrize("name", [name for name in GETS if "{" in SAMPLES[name][0]])
def test_odd_numbers_and_names_in_an_address(opened: Any, name: str) -> None:
    asking, _ = opened(name)
    asking.settle()
    start, end = around(name)
    for odd in ODD:
        answer = asked(asking, start + odd + end)
        if odd in ("..", "%2e%2e", "%2F"):  # the address of something else
            assert answer.status_code in (200, 303, 403, 404, 405)
        else:
            assert (answer.status_code, said(answer)) == (404, ""), odd[:80]


def around(name: str) -> tuple[str, str]:
    """What stands before and after the one thing an address is about."""
    template = SAMPLES[name][0]
    return template.split("{")[0], template.split("}")[1]


@pytest.mark.parametrize("name", GETS)
def test_odd_queries(opened: Any, name: str) -> None:
    asking, address = opened(name)
    asking.settle()
    place = GETS.index(name)
    odd = [f"{query}={odd}" for number, query in enumerate(PARSED, place)
           for odd in turn(SOME, number, 8)]  # fmt: skip
    odd += ["&".join(f"{query}={odd}" for query in SEARCHED) for odd in turn(SOME, place)]
    for query in (*odd, "q", "q=%", "=", "&&", "%", "q=a&q=b", "q[]=a", "?", ";", "a=" * 500):
        answer = asked(asking, f"{address}?{query}")
        assert not said(answer), f"{said(answer)}: {query[:80]}"


def kept(answer: Any) -> Iterator[str]:
    """The fields of a form that came back without what had been typed into them."""
    if answer.status != 422 or not answer.has("form input:not([type=hidden]), form textarea"):
        return
    shown = {
        form: [control["name"] for control in form.select("[name]")] for form in answer.page("form")
    }
    for field, [typed, *more] in answer.fields.items():
        if field in ("password", "action", "version") or more or "\0" in typed or "\x1b" in typed:
            continue
        tags = [tag for form, names in shown.items() for tag in form.select(f'[name="{field}"]')]
        values = {tag.get_text().removeprefix("\n") if tag.name == "textarea" else tag.get("value")
                  for tag in tags if tag.name in ("textarea", "input")}  # fmt: skip
        free = [tag for tag in tags if tag.get("type") not in ("radio", "checkbox", "hidden")]
        if free and free[0].name not in ("select", "button") and typed not in values:
            yield f"{field}: {typed[:30]!r} became {str(values)[:60]}"


@pytest.mark.parametrize("name", [name for name in POSTS if FILLED[name]])
def test_hostile_fields(sent: Any, name: str) -> None:
    # All of them in a short form; otherwise each field takes its turn with some.
    of = 1 if THOROUGH and len(FILLED[name]) < 3 else 8
    for number, field in enumerate(FILLED[name], POSTS.index(name)):
        for typed in TYPED[:5] + TYPED[5 + number % of :: of]:
            way = "plain" if typed == TYPED[2] else "htmx"  # fragments are quicker to look at
            answer = sent(name, {field: [typed]}, way=way)
            assert not said(answer), f"{said(answer)}: {field}={typed[:30]!r}"
            lost = list(kept(answer))
            assert not lost, f"{field}={typed[:30]!r}: {lost}"
        twice = sent(name, {field: ["a", "b"]}, way="htmx")
        assert twice.status in (200, 409, 422) and not said(twice), f"{field} twice: {twice!r}"
        missing = sent(name, without=field)
        assert not said(missing), f"without {field}: {missing!r}"


@pytest.mark.parametrize("name", POSTS)
def test_forms_that_offer_something_else(sent: Any, opened: Any, name: str) -> None:
    for field in ("is_staff", "id", "student_id", "status", "text[]", "", "__class__", "form_key"):
        answer = sent(name, {field: ["1", "2"]})
        assert not said(answer), f"{said(answer)}: with {field!r}"
    asking, address = opened(name)
    asking.cookies["seen"] = "1"
    for body in (b"a", b"%ff=%ff", b"text=%ed%a0%80", b"text=%00", b"&", b"=", b"a=1;b=2",
                 b"x=1&" * 101, b"\xff\xfe", b"[]", b'{"text": 1}', b"x" * 70_000):  # fmt: skip
        answer = asking.post(address, body)
        assert not said(answer), f"{said(answer)}: {body[:30]!r}"


@pytest.mark.parametrize("name", [name for name in POSTS if "{" in SAMPLES[name][0]])
def test_forms_at_odd_addresses(sent: Any, opened: Any, name: str) -> None:
    asking, _ = opened(name)
    asking.cookies["seen"] = "1"
    start, end = around(name)
    for odd in ODD:
        answer = asking.post(start + odd + end, b"")
        elsewhere = (422,) if odd == "%2F" else ()  # the address of something else
        assert answer.status in (404, 405, *elsewhere), f"{answer.status}: {answer.path[:80]}"


def test_words_of_other_scripts_are_no_mistake(sent: Any) -> None:
    answer = sent("messages.create", {"text": ["Привет, नमस्ते, 你好 🙂 שלום"]})
    assert answer.status == 303
    assert answer.follow().says("Привет, नमस्ते, 你好 🙂 שלום")
