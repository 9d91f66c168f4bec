from datetime import timedelta

import pytest

from app.clock import now
from app.fees import fee_of, net_of
from app.forms.form import bind
from app.forms.proposals import (
    ProposalForm,
    asks_for,
    new_proposal,
    so_far,
    total_of,
)
from app.jinja import environment

GOOD = {
    "message": ["We read a page, then we talk about it. " * 4],
    "sessions": ["6"],
    "minutes": ["50"],
    "price": ["18.50"],
}


def sent(**but: str):
    return bind(ProposalForm, GOOD | {name: [text] for name, text in but.items()})


def test_a_full_proposal_is_read():
    form = sent(
        earliest=(now() + timedelta(days=3)).date().isoformat(),
        link_1="https://carla.example/a",
        link_3="https://carla.example/b",
        action="send",
    ).data
    assert form
    assert (form.sessions, form.minutes, form.price) == (6, 50, 1850)
    assert form.links == ["https://carla.example/a", "https://carla.example/b"]


def test_the_same_link_counts_once():
    form = sent(link_1="https://carla.example", link_2="https://CARLA.example/").data
    assert form and form.links == ["https://carla.example/"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("message", "Too short", "Write at least 100 characters. This has 9."),
        ("message", "x" * 5001, "Keep it to 5,000 characters. This has 5,001."),
        ("sessions", "0", "Give a whole number from 1 to 50."),
        ("sessions", "51", "Give a whole number from 1 to 50."),
        ("sessions", "2.5", "Write a whole number."),
        ("minutes", "40", "Choose one of the answers offered."),
        ("minutes", "", "Fill this in."),
        ("price", "0.99", "The lowest price is 1."),
        ("price", "a lot", "Write an amount such as 18 or 18.50."),
        ("price", "18.505", "Write an amount such as 18 or 18.50."),
        ("price", "", "Fill this in."),
        ("earliest", "2001-02-03", "Choose today or a later day."),
        ("earliest", "soon", "Write a day such as 2026-11-30."),
        ("link_2", "javascript:alert(1)", "Only http and https links"),
        ("link_3", "https://carla:secret@example.org", "Only http and https links"),
        ("action", "give", "Choose one of the answers offered."),
    ],
)
def test_a_mistake_is_named_beside_its_field(field, typed, sentence):
    form = sent(**{field: typed})
    assert form.data is None
    assert list(form.errors) == [field]
    assert form.error(field).startswith(sentence)
    assert form.value(field) == typed


def test_all_mistakes_are_named_at_once():
    form = bind(ProposalForm, {"price": ["0.5"], "sessions": ["90"]}, answer=[7])
    assert set(form.errors) == {"message", "sessions", "minutes", "price", "answer_7"}


def test_each_question_wants_an_answer():
    posted = GOOD | {"answer_3": ["In Seville."], "answer_4": [" "]}
    form = bind(ProposalForm, posted, answer=[3, 4])
    assert form.errors == {"answer_4": "Fill this in."}
    form = bind(ProposalForm, posted | {"answer_4": ["x" * 1001]}, answer=[3, 4])
    assert form.error("answer_4") == "Keep it to 1,000 characters. This has 1,001."
    form = bind(ProposalForm, posted | {"answer_4": ["Two years."]}, answer=[3, 4])
    assert form.data and form.data.answer == {3: "In Seville.", 4: "Two years."}


def test_an_answer_to_another_question_is_refused():
    form = bind(ProposalForm, GOOD | {"answer_9": ["Mine."]}, answer=[])
    assert form.problem.startswith("This form was sent with something it does not offer")


def test_a_date_of_today_is_good_wherever_the_coach_is():
    assert sent(earliest=(now() - timedelta(hours=12)).date().isoformat()).data


@pytest.mark.parametrize(
    ("amount", "fee"), [(0, 0), (4, 0), (5, 1), (14, 1), (15, 2), (5400, 540), (1005, 101)]
)
def test_half_a_cent_of_the_fee_goes_up(amount, fee):
    assert fee_of(amount) == fee
    assert net_of(amount) == amount - fee


def test_the_total_needs_only_sessions_and_price():
    total = total_of(so_far({"sessions": ["3"], "price": ["18"], "message": ["x"]}))
    assert total
    assert (total.amount, total.fee, total.net, total.percent) == (5400, 540, 4860, "10%")


@pytest.mark.parametrize("posted", [{}, {"sessions": ["3"]}, {"sessions": ["x"], "price": ["1"]}])
def test_without_them_there_is_no_total(posted):
    assert total_of(so_far(posted)) is None


def test_an_unfinished_form_says_what_is_wrong_with_its_total_only():
    assert set(so_far({"sessions": ["99"], "price": ["2"], "minutes": ["1"]}).errors) == {
        "sessions"
    }


def test_only_the_button_for_it_asks_for_the_total():
    assert asks_for("total", {"action": ["total"]})
    assert not asks_for("total", {"action": ["send"]})
    assert not asks_for("total", {"action": ["send", "total"]})
    assert not asks_for("total", {})


def test_a_new_form_begins_with_what_is_known():
    form = new_proposal(sessions=3, rate=1850)
    assert (form.value("sessions"), form.value("price"), form.value("minutes")) == (
        "3",
        "18.50",
        "60",
    )
    assert new_proposal(rate=1800).value("price") == "18"


def test_the_page_offers_every_length_the_form_takes():
    source, _, _ = environment().loader.get_source(environment(), "partials/proposals/fields.html")  # type: ignore[union-attr]
    for minutes in (25, 30, 45, 50, 60, 90, 120):
        assert f'"{minutes} minutes"' in source
        assert sent(minutes=str(minutes)).data
