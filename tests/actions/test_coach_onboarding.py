"""Sending an application and keeping what is unfinished, also when two hands do it at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.actions.coach_onboarding import drop_draft, keep_draft, submit_profile
from app.actions.coach_profiles import save_headline
from app.clock import now
from app.errors import Refused
from app.forms.coach_onboarding import STEPS, step_named
from app.forms.coach_profiles import HeadlineForm
from app.onboarding import first_open, marks, missing
from db.models.events import Event
from db.models.moves import WrongMove
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus
from db.models.step_drafts import StepDraft
from db.queries import coach_profiles
from tests.controllers.test_list_items import at_once
from tests.factories import make_account, make_whole_coach
from tests.people import as_viewer

HEADLINE, DETAILS = step_named("headline"), step_named("details")
SAID = HeadlineForm(headline="Arabic for two", bio="We speak from the first minute on. " * 4)
SEND = ("/become-a-coach/review", {"guidelines": "yes", "action": "send"})


@pytest.fixture
def noor(db):
    account = make_account(db, first_name="Noor", last_name="Haddad")
    return make_whole_coach(db, account, status=CoachStatus.DRAFT)


def profile(db, person):
    return db.get_one(CoachProfile, person.id)


def together(db, database, *deeds):
    """What each deed came to, all done at the same moment, each in a transaction of its own."""
    db.commit()
    start = threading.Barrier(len(deeds))

    def do(deed):
        start.wait()
        try:
            with database.writing() as own:
                return deed(own)
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(len(deeds)) as pool:
        came_to = list(pool.map(do, deeds))
    db.expire_all()
    return came_to


# Sending.


def test_what_noor_sends_is_kept_with_its_time_and_its_history(db, noor):
    submit_profile(db, by=as_viewer(db, noor))
    coach = profile(db, noor)
    assert coach.status is CoachStatus.SUBMITTED
    assert coach.submitted_at and coach.guidelines_accepted_at
    [event] = db.query(Event)
    assert (event.name, event.actor_id, event.subject_id) == (
        "coach_profile.submitted", noor.id, noor.id,
    )  # fmt: skip


@pytest.mark.parametrize("status", [CoachStatus.APPROVED, CoachStatus.REJECTED])
def test_who_is_past_sending_does_not_send_again(db, noor, status):
    profile(db, noor).status = status
    with pytest.raises(WrongMove):
        submit_profile(db, by=as_viewer(db, noor))
    assert profile(db, noor).status is status
    assert not db.query(Event).count()


def test_what_is_missing_is_named_and_nothing_is_sent(db, noor):
    db.query(CoachSkill).delete()
    profile(db, noor).bio = "Too short"
    with pytest.raises(Refused, match=r"fill in: Skills, Headline and story\.$"):
        submit_profile(db, by=as_viewer(db, noor))
    assert profile(db, noor).status is CoachStatus.DRAFT and not db.query(Event).count()


def test_what_waits_already_keeps_its_place(db, noor):
    coach = profile(db, noor)
    coach.status, coach.submitted_at = CoachStatus.SUBMITTED, now() - timedelta(days=1)
    was = coach.submitted_at
    submit_profile(db, by=as_viewer(db, noor))
    assert profile(db, noor).submitted_at == was
    assert not db.query(Event).count()


def test_of_several_sends_at_once_one_counts(real_database, db, noor):
    viewer = as_viewer(db, noor)
    came_to = together(
        db, real_database, *[lambda own: submit_profile(own, by=viewer) for _ in range(4)]
    )
    assert came_to == [None] * 4
    assert profile(db, noor).status is CoachStatus.SUBMITTED
    assert db.query(Event).filter_by(name="coach_profile.submitted").count() == 1


def test_noor_presses_send_in_two_tabs_at_once(real_database, client, db, noor):
    answers = at_once(client, db, noor, SEND, SEND)
    assert [answer.status for answer in answers] == [303, 303]
    assert profile(db, noor).status is CoachStatus.SUBMITTED
    assert db.query(Event).filter_by(name="coach_profile.submitted").count() == 1


# Drafts.


def test_a_draft_counts_for_nothing(db, noor):
    coach = profile(db, noor)
    coach.headline = coach.bio = ""
    whole = {"headline": [SAID.headline], "bio": [SAID.bio]}
    keep_draft(db, HEADLINE, whole, by=as_viewer(db, noor))
    db.flush()
    found, drafted = (
        coach_profiles.filled(db, noor.id),
        coach_profiles.drafted(db, noor.id),
    )
    assert drafted == {"headline"}
    assert missing(found) == [HEADLINE]
    assert first_open(found, drafted).name == "headline"
    [mark] = [mark for mark in marks(STEPS[0], found, drafted) if mark.step == HEADLINE]
    assert (mark.state, mark.is_draft) == ("to_do", True)
    with pytest.raises(Refused, match="Headline and story"):
        submit_profile(db, by=as_viewer(db, noor))
    assert not db.query(Event).count()


def test_a_draft_holds_what_was_typed_and_nothing_of_the_form_itself(db, noor):
    typed = {
        "headline": ["Hey"], "bio": [""], "action": ["later"], "version": ["v"],
        "form_key": ["k"], "remove": ["3"],
    }  # fmt: skip
    keep_draft(db, HEADLINE, typed, by=as_viewer(db, noor))
    db.flush()
    assert db.query(StepDraft).one().fields == {"headline": ["Hey"], "bio": [""]}


def test_the_last_words_are_the_ones_that_are_kept(db, noor):
    viewer = as_viewer(db, noor)
    for words in ("Hey", "Hello"):
        keep_draft(db, HEADLINE, {"headline": [words]}, by=viewer)
    keep_draft(db, DETAILS, {"rate": ["3"]}, by=viewer)
    db.flush()
    kept = {draft.step: draft.fields for draft in db.query(StepDraft)}
    assert kept == {"headline": {"headline": ["Hello"]}, "details": {"rate": ["3"]}}


@pytest.mark.parametrize(
    "typed", [{}, {"headline": ["Stored"], "bio": ["A story"]}, {"headline": ["Stored"]}]
)
def test_what_says_no_more_than_is_stored_is_not_kept(db, noor, typed):
    viewer, stored = as_viewer(db, noor), {"headline": ["Stored"], "bio": ["A story"]}
    keep_draft(db, HEADLINE, {"headline": ["Hey"]}, by=viewer)
    keep_draft(db, HEADLINE, typed, by=viewer, stored=stored)
    db.flush()
    assert not db.query(StepDraft).count()


def test_forgetting_a_draft_leaves_those_of_other_steps_and_people(db, noor, petra):
    for person in (noor, petra):
        for step in (HEADLINE, DETAILS):
            keep_draft(db, step, {"headline": ["Hey"]}, by=as_viewer(db, person))
    db.flush()
    for _ in range(2):
        drop_draft(db, HEADLINE, by=as_viewer(db, noor))
        db.flush()
    kept = {(draft.account_id, draft.step) for draft in db.query(StepDraft)}
    assert kept == {(noor.id, "details"), (petra.id, "headline"), (petra.id, "details")}


def test_two_who_keep_a_first_draft_at_once_keep_one(real_database, db, noor):
    viewer = as_viewer(db, noor)

    def keep(words):
        return lambda own: keep_draft(own, HEADLINE, {"headline": [words]}, by=viewer)

    came_to = together(db, real_database, *[keep(f"Hey {number}") for number in range(4)])
    assert came_to == [None] * 4
    assert db.query(StepDraft).one().fields["headline"][0].startswith("Hey ")


def test_keeping_and_saving_at_once_lose_neither(real_database, db, noor):
    viewer = as_viewer(db, noor)

    def save(own):
        save_headline(own, SAID, by=viewer)
        drop_draft(own, HEADLINE, by=viewer)

    def keep(own):
        keep_draft(own, HEADLINE, {"headline": ["Hey"], "bio": ["Half"]}, by=viewer)

    for _ in range(3):
        assert together(db, real_database, save, keep, save, keep) == [None] * 4
        assert (profile(db, noor).headline, profile(db, noor).bio) == (SAID.headline, SAID.bio)
        # Whoever came last decides whether something is unfinished; nothing stands there twice.
        assert all(draft.fields["headline"] == ["Hey"] for draft in db.query(StepDraft))
        assert db.query(StepDraft).count() <= 1
    assert db.query(Event).filter_by(name="coach_profile.updated").count() == 1


def test_a_draft_that_is_forgotten_twice_at_once_is_gone(real_database, client, db, noor):
    keep_draft(db, HEADLINE, {"headline": ["Hey"]}, by=as_viewer(db, noor))
    keep_draft(db, STEPS[2], {"title": ["Interp"]}, by=as_viewer(db, noor))
    saved = {"headline": SAID.headline, "bio": SAID.bio, "action": "continue"}
    answers = at_once(
        client, db, noor,
        *[("/become-a-coach/headline", saved)] * 3,
        *[("/become-a-coach/experience", {"action": "continue"})] * 3,
    )  # fmt: skip
    assert [answer.status for answer in answers] == [303] * 6
    assert not db.query(StepDraft).count()
