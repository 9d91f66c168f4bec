"""A student's page: whom matrix B names, who knows about it, and staff who say why they look."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.profiles import CoachProfile, StudentProfile, StudentSkill
from db.models.proposals import ProposalStatus
from db.models.sign_ins import SignIn
from tests.factories import make_message, make_proposal, make_request, make_skill, make_thread

SECRETS = ("Mwangi", "Canary bio", "Canary goal", "sofia@skileez.example", "Africa/Nairobi")
WHY = "They wrote to us that their bio shows twice."


@pytest.fixture
def told(db, sofia):
    """Sofia with something to hide."""
    profile = db.get(StudentProfile, sofia.id)
    profile.bio, profile.goal = "Canary bio", "Canary goal"
    skill = make_skill(db, "Canary skill", topic="")
    db.add(StudentSkill(account_id=sofia.id, skill_id=skill.id, position=0))
    return sofia


def page_of(browser, reader, student):
    return browser.as_(reader).get(f"/students/{student.id}")


def look(browser, reader, student, reason=WHY):
    asked = page_of(browser, reader, student)
    return asked.form("look").fill(reason=reason).submit()


def is_as_nobody(browser, reader, answer):
    """Whether this is the page, byte for byte, that leads nowhere."""
    nobody = browser.as_(reader).get("/students/99999")
    numbers = [one.headers["x-request-id"] for one in (answer, nobody)]
    same = answer.text.replace(numbers[0], "") == nobody.text.replace(numbers[1], "")
    return answer.is_not_found and nobody.is_not_found and same


def test_sofia_reads_her_own_page_and_who_else_can(browser, db, told, carla):
    page = page_of(browser, told, told)
    words = ("Sofia Mwangi", "Canary bio", "Canary goal", "Canary skill", "Kenya,", "Swahili")
    assert all(page.says(word) for word in words)
    assert page.says("nobody but you") and not page.says("Carla Ruiz")
    accepted = now() - timedelta(days=40)
    wanted = make_request(db, told)
    make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED, ended_at=accepted)
    page = page_of(browser, told, told)
    assert page.says("Carla Ruiz") and page.says(wanted.title)
    assert page.says(f"Since {accepted.day} {accepted:%B %Y}") or page.says("Since")
    assert not page.says("nobody but you")


def test_chosen_carla_reads_all_but_the_address(browser, db, told, carla, cole):
    wanted = make_request(db, told)
    chosen = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    make_proposal(db, wanted, cole, status=ProposalStatus.NOT_SELECTED)
    page = page_of(browser, carla, told)
    words = ("Sofia Mwangi", "Canary bio", "Canary goal", "Canary skill", "Kenya,", "Swahili")
    assert all(page.says(word) for word in words)
    assert told.email not in page.text
    assert not page.says("Who can see this page")
    assert page.says(f"You teach Sofia: {wanted.title}")
    assert page.has(f'a[href="/proposals/{chosen.id}"]')
    assert page_of(browser, cole, told).is_not_found


def test_carla_sees_what_she_shares_with_sofia_and_nothing_of_coles(browser, db, told, carla, cole):
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    his = make_request(db, told, title="Guitar at my sister's wedding")
    make_proposal(db, his, cole, status=ProposalStatus.ACCEPTED)
    assert not page_of(browser, carla, told).says("Guitar")
    assert page_of(browser, cole, told).says("You teach Sofia: Guitar")


@pytest.mark.parametrize("status", [status for status in ProposalStatus if status != "accepted"])
def test_carla_without_an_accepted_proposal_gets_what_nobody_gets(browser, db, told, carla, status):
    make_proposal(db, make_request(db, told), carla, status=status)
    thread = make_thread(db, told, carla)
    make_message(db, thread, told)
    assert is_as_nobody(browser, carla, page_of(browser, carla, told))


def test_nobody_else_gets_any_of_it(browser, db, told, sam, cole, dora):
    for other in (sam, cole, dora):
        answer = page_of(browser, other, told)
        assert is_as_nobody(browser, other, answer)
        assert not any(secret in answer.text for secret in SECRETS)
    assert browser.get(f"/students/{told.id}").asks_to_sign_in


def test_a_suspended_student_is_gone_for_her_coach(browser, db, told, carla):
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    told.status = AccountStatus.SUSPENDED
    assert page_of(browser, carla, told).is_not_found


@pytest.mark.parametrize("key", ["0", "-1", "01", "x", "9" * 30, "%00", "1.0"])
def test_nonsense_numbers_are_not_found(browser, sofia, mina, key):
    assert browser.as_(sofia).get(f"/students/{key}").is_not_found
    assert browser.as_(mina).get(f"/students/{key}").is_not_found


def test_what_students_write_is_never_markup(browser, db, told, mina):
    script = "<script>alert(1)</script>"
    profile = db.get(StudentProfile, told.id)
    profile.bio = profile.goal = script
    look(browser, mina, told, f"{script} was in the bio")
    assert script not in page_of(browser, told, told).text
    assert script not in page_of(browser, mina, told).text


# Staff.


def test_mina_is_asked_why_before_she_reads_anything(browser, db, told, mina):
    answer = page_of(browser, mina, told)
    assert answer.is_good and answer.says("Looking at somebody’s profile is recorded")
    assert not any(secret in answer.text for secret in (*SECRETS, "Sofia", "Canary skill"))
    assert not db.query(Event).filter_by(name="student_profile.looked_at").count()


def test_mina_says_why_and_reads_it_for_fifteen_minutes(browser, db, told, mina):
    answer = look(browser, mina, told)
    assert answer.leads_to(f"/students/{told.id}")
    page = answer.follow()
    words = ("Sofia Mwangi", "Canary bio", "Canary goal", "Canary skill", "open to you until")
    assert all(page.says(word) for word in words)
    assert told.email not in page.text and not page.says("Who can see this page")
    assert page.headers["cache-control"] == "no-store"
    event = db.query(Event).filter_by(name="student_profile.looked_at").one()
    assert (event.actor_id, event.subject_id, event.detail) == (mina.id, told.id, {"reason": WHY})
    event.at = now() - timedelta(minutes=14, seconds=50)
    assert page_of(browser, mina, told).says("Canary bio")
    event.at = now() - timedelta(minutes=15, seconds=1)
    assert not page_of(browser, mina, told).says("Canary bio")


def test_minas_look_opens_nothing_to_ada_and_no_other_student(browser, db, told, sam, mina, ada):
    look(browser, mina, told)
    assert not page_of(browser, ada, told).says("Canary bio")
    assert page_of(browser, mina, sam).has("#look")


def test_sofia_reads_that_our_team_looked_when_and_why(browser, told, mina):
    assert page_of(browser, told, told).says("Nobody has looked so far")
    look(browser, mina, told)
    page = page_of(browser, told, told)
    assert page.says("Our team looked on") and page.says(f"Reason: {WHY}")
    assert not page.says("Mina") and not page.says("Nobody has looked")


def test_her_coach_does_not_read_of_looks(browser, db, told, carla, mina):
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    look(browser, mina, told)
    assert not page_of(browser, carla, told).says("Our team")


@pytest.mark.parametrize("way", [False, True])
def test_a_reason_is_ten_characters_at_least_and_what_was_typed_stays(browser, told, mina, way):
    form = page_of(browser, mina, told).form("look").fill(reason="Checking")
    again = form.submit(htmx=way)
    assert again.is_redisplay and "10 characters" in again.error_of("reason")
    assert again.form("look").value("reason") == "Checking"
    assert not page_of(browser, mina, told).says("Canary bio")


def test_a_double_tap_is_one_look(browser, db, told, mina):
    form = page_of(browser, mina, told).form("look").fill(reason=WHY)
    assert form.submit().status == form.submit().status == 303
    assert db.query(Event).filter_by(name="student_profile.looked_at").count() == 1


def test_mina_gives_her_password_again_after_a_while(browser, db, told, mina):
    form = page_of(browser, mina, told).form("look").fill(reason=WHY)
    for sign_in in db.query(SignIn).filter_by(account_id=mina.id):
        sign_in.proved_at = now() - timedelta(minutes=16)
    assert form.submit().leads_to("/sign-in/again")
    assert not db.query(Event).filter_by(name="student_profile.looked_at").count()


def test_only_staff_look(browser, db, told, sam, carla):
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    address = f"/students/{told.id}/look"
    assert browser.as_(sam).post(address, {"reason": WHY}).is_not_found
    for other in (carla, told):
        assert browser.as_(other).post(address, {"reason": WHY}).is_not_allowed
    assert browser.as_guest().post(address, {"reason": WHY}).asks_to_sign_in


def test_a_coach_of_our_team_needs_no_reason_for_their_own_student(browser, db, told, mina, carla):
    carla.staff_role = mina.staff_role
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    assert page_of(browser, carla, told).says("Canary bio")
    assert db.get(CoachProfile, carla.id)
