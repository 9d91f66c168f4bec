from datetime import timedelta

import pytest

from app.clock import now
from db.models.learning_requests import LearningRequest, RequestStatus, ScreeningQuestion
from db.models.proposals import ProposalStatus
from tests.factories import (
    make_answer,
    make_bookmark,
    make_proposal,
    make_question,
    make_request,
    make_student,
)

TITLE = "Spanish for my first flat in Madrid"
WORDS = "I move in spring and want to speak with my neighbours from the first day."
FIELDS = {
    "title": TITLE,
    "description": WORDS,
    "skills": "Spanish, Conversation",
    "level": "beginner",
    "format": "ongoing",
}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def only(db):
    return db.query(LearningRequest).one()


# Writing one.


def test_student_posts_a_request(browser, db, sofia):
    form = browser.as_(sofia).get("/requests/new").form("/requests")
    form.fill(
        **FIELDS, language="es", language_level="fluent", budget_from="12", budget_to="18.50",
        sessions="8", times=["mon_morning", "sun_evening"], question_1="Have you lived there?",
            currency="USD",
    )  # fmt: skip
    answer = form.submit("publish")
    assert only(db).is_open and answer.leads_to(f"/requests/{only(db).id}")
    page = answer.follow()
    for words in (TITLE, "$12 to $18.50", "Spanish, fluent or better", "8", "Ongoing"):
        assert page.says(words), words
    assert page.says("Mornings: Monday") and page.says("Have you lived there?")
    assert page.says("Your request is open.") and page.says("No proposals yet")


def test_student_posts_a_request_with_htmx(browser, db, sofia):
    form = browser.as_(sofia).get("/requests/new").form("/requests").fill(**FIELDS)
    answer = form.submit("publish", htmx=True)
    assert answer.leads_to(f"/requests/{only(db).id}")


def test_the_same_form_sent_twice_is_one_request(browser, db, sofia):
    form = browser.as_(sofia).get("/requests/new").form("/requests").fill(**FIELDS)
    first, second = form.submit("publish"), form.submit("publish")
    assert first.location == second.location and only(db)
    assert form.fill(title="Other words with the same key").submit("publish").is_conflict


def test_student_gets_a_wrong_request_back_as_it_was_typed(browser, db, sofia):
    form = browser.as_(sofia).get("/requests/new").form("/requests")
    form.fill(title="Spanish", skills="x", budget_to="much", times=["sat_evening"], question_2="Y?")
    for htmx in (False, True):
        answer = form.submit("publish", htmx=htmx)
        assert answer.is_redisplay
        for field in ("title", "description", "skills", "level", "format", "budget_to"):
            assert answer.error_of(field), field
        again = answer.form("/requests")
        assert again.value("title") == "Spanish" and again.value("budget_to") == "much"
        assert again.values("times") == ["sat_evening"] and again.value("question_2") == "Y?"
        assert len(answer.all("[autofocus]")) == 1
    assert db.query(LearningRequest).count() == 0


def test_coach_and_guest_cannot_post_requests(browser, db, carla):
    assert browser.as_(carla).get("/requests/new").is_not_allowed
    assert browser.as_(carla).post("/requests", {**FIELDS, "action": "publish"}).is_not_allowed
    assert browser.post("/requests", FIELDS).asks_to_sign_in
    assert db.query(LearningRequest).count() == 0


def test_a_request_of_someone_without_country_or_language_says_so(browser, db, carla):
    wanted = make_request(db, make_student(db))
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("Has not said yet which languages")


# Drafts.


def test_student_saves_a_draft_sees_it_as_coaches_will_and_posts_it(browser, db, sofia, carla):
    sofias = browser.as_(sofia)
    saved = sofias.get("/requests/new").form("/requests").fill(title="Spa").submit("save")
    draft = only(db)
    assert draft.is_draft
    preview = saved.follow()
    assert preview.says("Draft saved.") and preview.says("This is a draft")
    assert browser.as_(carla).get(f"/requests/{draft.id}").is_not_found
    form = preview.click("Go on writing").form("edit")
    assert form.value("title") == "Spa"
    refused = form.submit("publish")
    assert refused.is_redisplay and refused.error_of("level")
    answer = refused.form("edit").fill(**FIELDS).submit("publish")
    assert answer.leads_to(f"/requests/{draft.id}") and only(db).is_open
    assert browser.as_(carla).get(f"/requests/{draft.id}").is_good


def test_a_draft_that_is_wrong_is_not_saved(browser, db, sofia):
    answer = browser.as_(sofia).post("/requests", {"title": "x" * 121, "action": "save"})
    assert answer.is_redisplay and answer.error_of("title")
    assert db.query(LearningRequest).count() == 0


# Changing one.


def test_student_changes_an_open_request(browser, db, sofia, wanted):
    form = browser.as_(sofia).get(f"/requests/{wanted.id}/edit").form("edit")
    answer = form.fill(title="Spanish and some Catalan", skills="Catalan").submit("save")
    assert answer.leads_to(f"/requests/{wanted.id}")
    assert answer.follow().says("Spanish and some Catalan") and only(db).version == 2


def test_student_changes_an_open_request_with_htmx(browser, db, sofia, wanted):
    form = browser.as_(sofia).get(f"/requests/{wanted.id}/edit").form("edit")
    answer = form.fill(title="Spanish and some Catalan").submit("save", htmx=True)
    assert answer.leads_to(f"/requests/{wanted.id}") and only(db).version == 2


def test_an_open_request_cannot_become_incomplete(browser, db, sofia, wanted):
    form = browser.as_(sofia).get(f"/requests/{wanted.id}/edit").form("edit")
    for htmx in (False, True):
        answer = form.fill(title="Spa").submit("save", htmx=htmx)
        assert answer.is_redisplay and answer.error_of("title")
        assert answer.form("edit").value("title") == "Spa"
    assert only(db).version == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_tab_is_shown_both_versions(browser, db, sofia, wanted, htmx):
    sofias = browser.as_(sofia)
    first, second = (sofias.get(f"/requests/{wanted.id}/edit").form("edit") for _ in range(2))
    first.fill(title="What the first tab says").submit("save")
    late = second.fill(title="What the second tab says").submit("save", htmx=htmx)
    assert late.is_conflict and late.says("What the first tab says")
    assert late.form("edit").value("title") == "What the second tab says"
    assert only(db).title == "What the first tab says"
    late.form("edit").submit("save")
    assert only(db).title == "What the second tab says"


def test_a_question_that_was_answered_can_only_be_retired(browser, db, sofia, carla, cole):
    wanted = make_request(db, sofia, questions=("Have you lived there?",))
    [question] = db.query(ScreeningQuestion)
    proposal = make_proposal(db, wanted, carla)
    make_answer(db, proposal, question, "In Seville, for ten years.")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/edit")
    form = page.form("edit")
    assert page.says("Stop asking: Have you lived there?") and form.value("question_1") == ""
    answer = form.fill(retire=[question.id], question_1="Which accent?").submit("save")
    assert answer.leads_to(f"/requests/{wanted.id}")
    page = browser.as_(cole).get(f"/requests/{wanted.id}")
    assert page.says("Which accent?") and not page.says("Have you lived there?")
    read = browser.as_(sofia).get(f"/proposals/{proposal.id}")
    assert read.says("Have you lived there?") and read.says("In Seville, for ten years.")


def test_a_question_of_somebody_else_cannot_be_retired(browser, db, sofia, sam, carla):
    wanted = make_request(db, sofia)
    other = make_question(db, make_request(db, sam))
    fields = {**FIELDS, "version": "1", "action": "save", "retire": str(other.id)}
    answer = browser.as_(sofia).post(f"/requests/{wanted.id}/edit", fields)
    assert answer.is_redisplay and other.retired_at is None


def test_nobody_else_changes_or_closes_it(browser, db, sam, carla, dora, wanted):
    for person in (carla, dora):
        assert browser.as_(person).get(f"/requests/{wanted.id}/edit").is_not_allowed
        assert browser.as_(person).post(f"/requests/{wanted.id}/edit", FIELDS).is_not_allowed
        assert browser.as_(person).post(f"/requests/{wanted.id}/close").is_not_allowed
    assert browser.as_(sam).get(f"/requests/{wanted.id}").is_not_found
    assert browser.as_(sam).post(f"/requests/{wanted.id}/edit", FIELDS).is_not_found
    assert browser.as_(sam).post(f"/requests/{wanted.id}/close").is_not_found
    assert only(db).is_open


@pytest.mark.parametrize("status", ["filled", "closed", "expired"])
def test_what_has_ended_is_neither_changed_nor_closed(browser, db, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    sofias = browser.as_(sofia)
    assert sofias.get(f"/requests/{wanted.id}/edit").is_conflict
    assert sofias.post(f"/requests/{wanted.id}/edit", FIELDS).is_conflict
    assert sofias.post(f"/requests/{wanted.id}/close", {"reason": "other"}).is_conflict
    page = sofias.get(f"/requests/{wanted.id}")
    assert not page.has("form[action$='/close']") and not page.has("a[href$='/edit']")


def test_what_ran_out_has_ended_though_nobody_swept(browser, db, sofia, carla, dora):
    wanted = make_request(db, sofia, expires_at=now() - timedelta(minutes=1))
    make_bookmark(db, wanted, carla)
    assert browser.as_(sofia).get(f"/requests/{wanted.id}/edit").is_conflict
    assert browser.as_(sofia).get("/requests/mine").says("Expired")
    assert browser.as_(dora).get(f"/requests/{wanted.id}").is_not_found
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("its time ran out") and not page.has("form[action$='/proposals']")


# Closing one.


def test_student_closes_a_request(browser, db, sofia, carla, wanted):
    proposal = make_proposal(db, wanted, carla)
    form = browser.as_(sofia).get(f"/requests/{wanted.id}").form("close")
    answer = form.fill(reason="not_needed").submit()
    assert answer.leads_to(f"/requests/{wanted.id}") and answer.follow().says("Closed")
    assert only(db).status is RequestStatus.CLOSED
    assert proposal.status is ProposalStatus.EXPIRED
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("the student closed it") and not page.says("I no longer need it")


def test_student_closes_a_request_with_htmx(browser, db, sofia, wanted):
    form = browser.as_(sofia).get(f"/requests/{wanted.id}").form("close")
    answer = form.fill(reason="other").submit(htmx=True)
    assert answer.leads_to(f"/requests/{wanted.id}")
    assert only(db).status is RequestStatus.CLOSED


def test_closing_wants_a_reason(browser, db, sofia, wanted):
    form = browser.as_(sofia).get(f"/requests/{wanted.id}").form("close")
    for htmx in (False, True):
        answer = form.submit(htmx=htmx)
        assert answer.is_redisplay and answer.has("details#close[open]")
        assert answer.error_of("reason")
    assert only(db).is_open


# Reading one.


def test_coach_reads_a_request_and_learns_no_name(browser, db, sofia, carla, wanted):
    sofia.last_name = "Unmistakable"
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says(wanted.title) and page.says("Student in Kenya") and page.says("Swahili")
    assert page.has("#proposal") and page.has(f"#bookmark-{wanted.id}")
    for secret in ("Sofia", "Unmistakable", sofia.email, "Nairobi"):
        assert secret not in page.text


def test_a_coach_who_waits_sees_what_changed_since(browser, db, sofia, carla, cole, wanted):
    make_proposal(db, wanted, carla)
    form = browser.as_(sofia).get(f"/requests/{wanted.id}/edit").form("edit")
    form.fill(title="Spanish and some Catalan", budget_to="30").submit("save")
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("Changed on") and page.says("title, budget")
    assert not browser.as_(cole).get(f"/requests/{wanted.id}").says("Changed on")
    assert not browser.as_(sofia).get(f"/requests/{wanted.id}").says("Changed on")


def test_a_coach_reads_how_the_student_answers(browser, db, sofia, carla, cole, dora, wanted):
    for coach in (cole, dora):
        make_proposal(db, wanted, coach, status=ProposalStatus.DECLINED)
    assert not browser.as_(carla).get(f"/requests/{wanted.id}").says("Answered")
    make_proposal(db, make_request(db, sofia), cole, status=ProposalStatus.EXPIRED)
    assert browser.as_(carla).get(f"/requests/{wanted.id}").says("Answered 2 of 3 proposals")


def test_coach_in_waiting_is_told_why_there_is_no_form(browser, petra, wanted):
    page = browser.as_(petra).get(f"/requests/{wanted.id}")
    assert page.says("approve your coach profile") and not page.has("form[action$='/proposals']")


def test_owner_sees_her_own_side_of_the_page(browser, sofia, carla, db, wanted):
    make_proposal(db, wanted, carla)
    page = browser.as_(sofia).get(f"/requests/{wanted.id}")
    assert page.has(f"a[href='/requests/{wanted.id}/proposals']") and page.says("1 proposal")
    assert not page.has(".bm") and not page.has("form[action$='/proposals']")


def test_student_sees_all_of_her_requests(browser, db, sofia, sam, carla, wanted):
    make_proposal(db, wanted, carla)
    make_request(db, sofia, status=RequestStatus.DRAFT, title="")
    make_request(db, sam, title="Not hers")
    page = browser.as_(sofia).get("/requests/mine")
    assert page.says("Untitled draft") and page.says(wanted.title) and page.says("left")
    assert page.has(f"a[href='/requests/{wanted.id}/proposals']") and not page.says("Not hers")
    assert browser.as_(carla).get("/requests/mine").is_not_allowed


def test_student_without_requests_is_shown_the_first_step(browser, sofia):
    assert browser.as_(sofia).get("/requests/mine").has("main a[href='/requests/new']")
