"""Binding: every mistake at once, one sentence a field, and what was typed is still there."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from app.forms.accounts import SignUpForm
from app.forms.fields import Amount, Day, Email, Line, Lines, Link, Names, Password, Ticked, Whole
from app.forms.form import NOT_OFFERED, UNREADABLE, Bound, Errors, Form, bind, blank, length, typed
from app.forms.learning_requests import RequestForm


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class WholeForm(Form, kw_only=True):
    title: Annotated[Line, length(3, 20)]
    words: Annotated[Lines, length(5, 60)]
    size: Size
    price: Amount
    seats: Annotated[Whole, Meta(ge=1, le=50)]
    day: Day | None = None
    email: Email = ""
    link: Link = ""
    skills: Names = ""
    times: Annotated[list[Line], Meta(max_length=3)] = msgspec.field(default_factory=list)
    answer: dict[int, Annotated[Lines, length(1, 20)]] = msgspec.field(default_factory=dict)
    adult: Ticked = False
    password: Password = ""

    def check(self) -> Errors:
        return {"seats": "A small one has ten."} if self.size == "small" and self.seats > 10 else {}


GOOD: dict[str, list[str]] = {
    "title": ["  Piano  basics "],
    "words": ["One.\r\nTwo."],
    "size": ["small"],
    "price": ["18.50"],
    "seats": ["8"],
}


def bound(**but: Any) -> Bound[WholeForm]:
    posted = GOOD | {name: [one] if isinstance(one, str) else one for name, one in but.items()}
    keyed = {"answer": [7, 9]} if "answer_7" in but or "answer_9" in but else {}
    return bind(WholeForm, posted, **keyed)


def test_a_good_form_becomes_data():
    data = bound(day="2026-11-30", times=["mon", " tue "], adult="on").data
    assert data is not None
    assert (data.title, data.words, data.size) == ("Piano basics", "One.\nTwo.", Size.SMALL)
    assert (data.price, data.seats, data.day) == (1850, 8, date(2026, 11, 30))
    assert (data.times, data.adult, data.link, data.answer) == (["mon", "tue"], True, "", {})


def test_every_mistake_is_told_at_once():
    form = bind(WholeForm, {"title": ["x"], "size": ["huge"], "price": ["a lot"], "seats": ["51"]})
    assert form.data is None
    assert form.errors == {
        "title": "Write at least 3 characters. This has 1.",
        "words": "Fill this in.",
        "size": "Choose one of the answers offered.",
        "price": "Write an amount such as 18 or 18.50.",
        "seats": "Give a whole number from 1 to 50.",
    }
    assert form.first_wrong == "title"
    assert form.value("price") == "a lot"


def test_rules_that_span_fields_come_last():
    form = bound(seats="11")
    assert form.data is None
    assert form.error("seats") == "A small one has ten."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("abcd", "Write at least 5 characters. This has 4."),
        ("x" * 60, ""),
        ("x" * 61, "Keep it to 60 characters. This has 61."),
        (f"  {'x' * 60}\r\n\r\n", ""),
        ("e\u0301" * 60, ""),  # sixty letters once composed, as the page counts them
        ("👩" * 60, ""),
        ("👩" * 61, "Keep it to 60 characters. This has 61."),
        ("a\r\n" * 30 + "a", "Keep it to 60 characters. This has 61."),
        ("no\0", UNREADABLE),
        ("no\ud800", UNREADABLE),
        ("\u200b\u200b\u200b\u200b\u200b\u200b", "Fill this in."),
    ],
)
def test_text_is_measured_after_it_was_cleaned(words: str, sentence: str):
    assert bound(words=words).error("words") == sentence


def test_an_empty_answer_to_an_optional_field_is_none():
    data = bound(day=" ", link="", email="\u200b").data
    assert data is not None
    assert (data.day, data.link, data.email) == (None, "", "")


def test_a_field_nobody_offered_is_refused():
    form = bound(is_staff="1")
    assert form.data is None
    assert form.problem == NOT_OFFERED
    assert form.first_wrong == ""


def test_a_field_sent_twice_is_refused():
    form = bound(title=["Piano", "Guitar"], form_key=["a", "b"])
    assert form.data is None
    assert "more than once" in form.error("title")
    assert form.problem == NOT_OFFERED


def test_the_key_of_a_form_is_no_field():
    assert bound(form_key="k-1").data is not None


def test_a_field_of_several_takes_one_or_many_and_not_too_many():
    assert bound(times="mon").data.times == ["mon"]  # type: ignore[union-attr]
    assert bound(times=["mon", "", "tue"]).data.times == ["mon", "tue"]  # type: ignore[union-attr]
    form = bound(times=["mon", "tue", "wed", "thu"])
    assert form.error("times") == "Choose at most 3."
    assert form.values("times") == ["mon", "tue", "wed", "thu"]


def test_answers_are_taken_for_the_questions_asked_and_no_other():
    asked = bind(WholeForm, GOOD | {"answer_7": [" Seven "], "answer_9": ["Nine"]}, answer=[7, 9])
    assert asked.data is not None
    assert asked.data.answer == {7: "Seven", 9: "Nine"}
    missing = bind(WholeForm, GOOD | {"answer_7": ["x" * 21]}, answer=[7, 9])
    assert missing.errors == {
        "answer_7": "Keep it to 20 characters. This has 21.",
        "answer_9": "Fill this in.",
    }
    assert bind(WholeForm, GOOD | {"answer_8": ["Eight"]}, answer=[7]).problem == NOT_OFFERED
    assert bind(WholeForm, GOOD | {"answer": ["?"]}, answer=[]).problem == NOT_OFFERED


def test_a_password_is_never_shown_again():
    form = bound(password="hush-hush", title="x")
    assert form.value("password") == ""
    assert form.values("password") == ()
    assert bound(password=" two  spaces ").data.password == " two  spaces "  # type: ignore[union-attr]


def test_a_blank_form_shows_what_it_is_given():
    form = blank(WholeForm, {"title": "Piano", "day": date(2026, 11, 30), "seats": 8, "link": None,
                             "times": ["mon", "tue"], "size": Size.SMALL})  # fmt: skip
    assert form.errors == {}
    assert form.data is None
    assert [form.value(name) for name in ("title", "day", "seats", "link", "size")] == [
        "Piano", "2026-11-30", "8", "", "small",
    ]  # fmt: skip
    assert form.values("times") == ["mon", "tue"]


AWKWARD = st.sampled_from("\0\x1f\ud800\u200b\u202e\ufeff\u3164\u0301\r\n\t ٢²ﬁ,.-@:/\\%")
FIELDS = [field.name for field in msgspec.structs.fields(WholeForm)] + ["answer_7", "other", ""]
PLAUSIBLE = st.sampled_from(
    [value for values in GOOD.values() for value in values] + ["2026-11-30"]
)
TEXTS = st.lists(st.one_of(st.text(st.characters() | AWKWARD, max_size=70), PLAUSIBLE), max_size=4)


@given(st.dictionaries(st.sampled_from(FIELDS), TEXTS))
def test_whatever_is_posted_is_bound(posted: dict[str, list[str]]):
    form = bind(WholeForm, posted, answer=[7])
    assert (form.data is None) == bool(form.errors)
    assert all(sentence.endswith(".") for sentence in form.errors.values())


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(
    title=LETTERS, words=LETTERS, size=st.sampled_from(Size), price=st.integers(0, 10**11 - 1),
    seats=st.integers(1, 10), day=st.dates(), skills=LETTERS, times=st.lists(LETTERS, max_size=3),
    link=LETTERS.map(lambda text: f"https://x.example/{text}"), answer=LETTERS,
)  # fmt: skip
def test_what_was_taken_is_taken_again(price: int, day: date, answer: str, **said: Any):
    shown = typed(said | {"price": f"{price / 100:.2f}", "day": day})
    form = bind(WholeForm, {**shown, "answer_7": [answer]}, answer=[7])
    if form.data is None:
        return
    taken = msgspec.structs.asdict(form.data)
    again = taken | {"price": f"{form.data.price / 100:.2f}", "answer_7": taken.pop("answer")[7]}
    again.pop("answer", None)
    again["adult"] = None
    assert bind(WholeForm, typed(again), answer=[7]).data == form.data


def test_rules_across_fields_speak_beside_every_other_mistake():
    posted = {
        "title": ["Short"], "budget_from": ["20"], "budget_to": ["10"],
        "language_level": ["fluent"],
    }  # fmt: skip
    bound = bind(RequestForm, posted)
    assert {"title", "description", "budget_to", "language"} <= bound.errors.keys()


def test_the_first_wrong_field_is_the_first_on_the_page_whichever_rule_found_it():
    posted = {"title": ["Short"], "budget_from": ["20"], "budget_to": ["10"]}
    assert bind(RequestForm, posted).first_wrong == "title"
    posted = {"title": ["Spanish for my move to Madrid"], "budget_from": ["20"]}
    bound = bind(RequestForm, posted | {"language_level": ["fluent"], "sessions": ["0"]})
    names = list(bound.errors)
    assert names.index("language") < names.index("sessions")


def test_a_wrong_field_keeps_its_own_sentence_and_no_rule_trips_over_it():
    bound = bind(RequestForm, {"budget_from": ["20"], "budget_to": ["a lot"]})
    assert bound.errors["budget_to"] == "Write an amount such as 18 or 18.50."
    signing = bind(SignUpForm, {"first_name": ["Mwangi"], "password": ["mwangi-mwangi"]})
    assert signing.errors["email"]
    assert "name" in signing.errors["password"]
