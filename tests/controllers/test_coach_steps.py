"""The details, and the last step: what is missing is named, and what is whole is sent."""

import pytest

from app.clock import now
from app.forms.coach_onboarding import STEPS
from db.models.accounts import Side
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.events import Event
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus
from tests.factories import (
    make_account,
    make_coach_skill,
    make_decision,
    make_education,
    make_experience,
    make_language,
    make_portfolio_item,
)
from tests.profile_factories import make_whole_coach
from tests.statements import statements

DETAILS = {
    "country": "Jordan", "time_zone": "Amman", "birth_date": "1991-04-02",
    "phone": "+962 7 9012 3456", "rate": "14", "currency": "EUR",
}  # fmt: skip
STEP = "/become-a-coach/details"
REVIEW = "/become-a-coach/review"


@pytest.fixture
def noor(db):
    return make_whole_coach(
        db, make_account(db, first_name="Noor", last_name="Haddad"), status=CoachStatus.DRAFT
    )


def profile(db, person):
    return db.get(CoachProfile, person.id)


def details(browser, noor, **but):
    form = browser.as_(noor).get(STEP).form(STEP)
    return form.fill(**(DETAILS | but))


def test_details_are_stored_in_the_units_of_the_house(browser, db, noor):
    assert details(browser, noor).submit("continue").leads_to(REVIEW)
    coach = profile(db, noor)
    assert (coach.phone, coach.rate, coach.currency) == ("+962790123456", 1400, "EUR")
    assert (noor.country, noor.time_zone) == ("JO", "Asia/Amman")
    form = browser.as_(noor).get(STEP).form(STEP)
    assert form.value("country") == "Jordan"
    assert form.value("time_zone") == "Amman, Jordan"
    assert form.value("rate") == "14"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("birth_date", "2010-01-01", "Coaches on Skileez are 18 or older."),
        ("birth_date", "1850-01-01", "Check the year."),
        ("birth_date", "2990-01-01", "Check the year."),
        ("phone", "0790123456", "Write the number with its country"),
        ("phone", "+96279012345678901", "Write the number with its country"),
        ("rate", "4", "Give a whole number from 5 to 500."),
        ("rate", "501", "Give a whole number from 5 to 500."),
        ("rate", "14.50", "Write a whole number."),
        ("country", "Atlantis", "No country is called so."),
        ("time_zone", "Atlantis", "No place is called so."),
    ],
)
def test_a_wrong_detail_is_said_beside_it_and_the_rest_is_kept(
    browser, db, noor, name, typed, said
):
    answer = details(browser, noor, **{name: typed}).submit("continue")
    assert answer.status == 422
    assert said in answer.error_of(name)
    kept = answer.form(STEP)
    assert {field: kept.value(field) for field in DETAILS} == DETAILS | {name: typed}
    assert profile(db, noor).phone == ""


def test_who_turns_eighteen_today_may_teach(browser, db, noor):
    today = now().date()
    born = today.replace(year=today.year - 18)
    assert details(browser, noor, birth_date=born.isoformat()).submit("continue").leads_to(REVIEW)


def test_neither_birth_date_nor_phone_is_on_the_public_page(browser, db, noor):
    details(browser, noor).submit("continue")
    profile(db, noor).status = CoachStatus.APPROVED
    page = browser.as_guest().get(f"/coaches/{profile(db, noor).handle}")
    for private in ("1991", "790123456", noor.email):
        assert private not in page.text


def test_sending_takes_the_guidelines(browser, db, noor):
    answer = browser.as_(noor).get(REVIEW).form(REVIEW).submit("send")
    assert answer.status == 422
    assert answer.error_of("guidelines") == "Tick this box to go on."
    assert profile(db, noor).status is CoachStatus.DRAFT


def test_what_is_sent_waits_with_its_time_and_one_row_of_history(browser, db, noor):
    form = browser.as_(noor).get(REVIEW).form(REVIEW).fill(guidelines=True)
    answer = form.submit("send")
    assert answer.leads_to(REVIEW)
    coach = profile(db, noor)
    assert coach.status is CoachStatus.SUBMITTED
    assert coach.submitted_at == coach.guidelines_accepted_at
    [event] = db.query(Event).filter_by(name="coach_profile.submitted")
    assert (event.from_status, event.to_status, event.actor_id) == ("draft", "submitted", noor.id)
    page = answer.follow()
    assert "none is ahead of yours" in page.text
    assert "We read them in the order they come in." in page.text
    # Pressed twice.
    assert form.submit("send").leads_to(REVIEW)
    assert db.query(Event).filter_by(name="coach_profile.submitted").count() == 1


def test_what_is_missing_is_listed_with_links(browser, db, noor):
    db.query(CoachSkill).delete()
    profile(db, noor).rate = None
    answer = browser.as_(noor).post(REVIEW, {"guidelines": "yes", "action": "send"})
    assert answer.status == 422
    assert "Before you can send it, fill in: Skills, Details." in answer.text
    links = {link["href"] for link in answer.page.select("[role=alert] a")}
    assert links == {"/become-a-coach/skills", "/become-a-coach/details"}


def test_another_who_waits_is_counted(browser, db, noor):
    make_whole_coach(db, status=CoachStatus.SUBMITTED, submitted_at=now(), handle="first")
    browser.as_(noor).post(REVIEW, {"guidelines": "yes", "action": "send"})
    assert "1 application is ahead of yours" in browser.as_(noor).get(REVIEW).text
    assert "1 application is ahead of yours." in browser.as_(noor).get("/dashboard").text


def test_comments_stand_beside_their_steps_until_it_is_sent_again(browser, db, noor, mina):
    coach = profile(db, noor)
    coach.status = CoachStatus.CHANGES_REQUESTED
    decision = CoachDecision(
        coach_id=noor.id, staff_id=mina.id, outcome=CoachStatus.CHANGES_REQUESTED,
        submitted_at=now(), decided_at=now(),
    )  # fmt: skip
    db.add(decision)
    db.flush()
    db.add(StepComment(decision_id=decision.id, step="headline", text="Say where you learned it."))
    hers = browser.as_(noor)
    assert "Say where you learned it." in hers.get("/become-a-coach/headline").text
    assert "Say where you learned it." not in hers.get("/become-a-coach/skills").text
    review = hers.get(REVIEW)
    assert review.form(REVIEW).fill(guidelines=True).submit("send").leads_to(REVIEW)
    assert profile(db, noor).status is CoachStatus.SUBMITTED
    assert "Say where you learned it." not in hers.get("/become-a-coach/headline").text


def test_a_refused_coach_reads_why_and_cannot_send_again(browser, db, noor, mina):
    profile(db, noor).status = CoachStatus.REJECTED
    db.add(
        CoachDecision(
            coach_id=noor.id, staff_id=mina.id, outcome=CoachStatus.REJECTED,
            reason="We could not confirm who you are.", submitted_at=now(), decided_at=now(),
        )
    )  # fmt: skip
    hers = browser.as_(noor)
    for address in (REVIEW, "/dashboard"):
        assert "We could not confirm who you are." in hers.get(address).text
    answer = hers.post(REVIEW, {"guidelines": "yes", "action": "send"})
    assert answer.status == 409
    assert profile(db, noor).status is CoachStatus.REJECTED


def test_an_approved_coach_changes_any_step_without_leaving_the_market(browser, db, noor):
    coach = profile(db, noor)
    coach.status, coach.approved_at = CoachStatus.APPROVED, now()
    hers = browser.as_(noor)
    page = hers.get("/become-a-coach/headline")
    page.form("/become-a-coach/headline").fill(headline="Another headline").submit("continue")
    assert profile(db, noor).status is CoachStatus.APPROVED
    assert profile(db, noor).to_look_at == ["headline"]
    assert "Another headline" in browser.as_guest().get(f"/coaches/{coach.handle}").text
    hers.get("/settings").form("/settings").fill(first_name="Nora").submit()
    assert profile(db, noor).to_look_at == ["headline", "name"]


def test_leaving_the_last_step_sends_nothing(browser, db, noor):
    form = browser.as_(noor).get(REVIEW).form(REVIEW)
    assert form.submit("later").leads_to("/dashboard")
    assert form.submit("back").leads_to(STEP)
    assert profile(db, noor).status is CoachStatus.DRAFT


def test_no_picture_is_needed(browser, db, noor):
    details(browser, noor).submit("continue")
    assert db.query(Picture).count() == 0
    assert profile(db, noor).picture_id is None


LANGUAGES = ("ar", "bg", "cs", "da", "de", "el", "et", "fi", "fr")


def lives_long(db, person):
    """Nine entries more in each list."""
    for place, language in enumerate(LANGUAGES):
        make_experience(db, person, position=place)
        make_education(db, person, position=place)
        make_portfolio_item(db, person, position=place, skills=("Arabic", "Oud"))
        make_coach_skill(db, person, f"Skill {language}", position=place)
        make_language(db, person, language, Side.COACH)


def asked_for(database, browser, address):
    browser.get(address)
    with statements(database) as sent:
        assert browser.get(address).is_good
    return [one for one in sent if one.lstrip().upper().startswith("SELECT")]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_takes_few_statements_however_much_is_there(browser, database, db, noor, step):
    make_portfolio_item(db, noor, position=9, skills=("Arabic",))
    few = asked_for(database, browser.as_(noor), step.address)
    lives_long(db, noor)
    many = asked_for(database, browser.as_(noor), step.address)
    assert len(many) == len(few) <= 14, "\n".join(many)


@pytest.mark.parametrize("status", CoachStatus)
def test_the_last_step_takes_few_statements_however_it_stands(
    browser, database, db, noor, mina, status
):
    lives_long(db, noor)
    make_decision(db, noor, mina, outcome=status, reason="No.", comments={"goal": "Why?"})
    coach = profile(db, noor)
    coach.status, coach.submitted_at = status, now()
    asked = asked_for(database, browser.as_(noor), REVIEW)
    assert len(asked) <= 14, "\n".join(asked)


def test_the_currency_of_her_country_is_offered_until_she_names_a_rate(browser, db, noor):
    profile(db, noor).rate = None
    assert browser.as_(noor).get(STEP).form(STEP).value("currency") == "Euro (EUR)"
    profile(db, noor).rate = 1400
    assert browser.as_(noor).get(STEP).form(STEP).value("currency") == "US Dollar (USD)"


def test_a_zone_is_guessed_only_where_none_is_known(browser, db, noor):
    form = browser.as_(noor).get(STEP).form(STEP)
    assert form.value("time_zone") == "Madrid, Spain"  # which no browser's guess replaces
    form.submit("continue")
    assert noor.time_zone == "Europe/Madrid"
    noor.time_zone = "UTC"
    page = browser.as_(noor).get(STEP)
    assert page.form(STEP).value("time_zone") == ""
    assert page.one("#time-zone").has_attr("data-zone")
