"""The picture among a coach's details, in onboarding and in the profile: shown, replaced, gone."""

import pytest

from app.clock import now
from db.models.accounts import DataSaver
from db.models.coach_decisions import CoachDecision
from db.models.events import Event
from db.models.pictures import Picture, PictureKind
from db.models.profiles import CoachProfile, CoachStatus
from db.models.step_drafts import StepDraft
from tests.drawings import BLUE, RED, alike, drawn, encoded, noise, seen
from tests.factories import make_account
from tests.profile_factories import make_picture, make_whole_coach

STEP, PART = "/become-a-coach/details", "/profile/coach/details"
PUBLIC = "/coaches/carla-ruiz"
PLACES = [(STEP, "continue", "/become-a-coach/review"), (PART, "save", "/profile/coach")]
OTHERS = {
    "country": "Ghana", "time_zone": "Accra", "birth_date": "1990-05-17",
    "phone": "+233 30 200 0111", "rate": "14", "currency": "EUR",
}  # fmt: skip
PNG = ("me.png", drawn("PNG", (600, 400)))


@pytest.fixture
def carla(db):
    return make_whole_coach(db, make_account(db, first_name="Carla", last_name="Ruiz"))


def profile(db, person):
    return db.get_one(CoachProfile, person.id)


def opened(asking, address):
    return asking.get(address).form(address)


def on_the_page(browser):
    return [img["src"] for img in browser.as_guest().get(PUBLIC).all("header img.av")]


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_carlas_picture_comes_with_her_details_and_is_shown_at_once(
    browser, db, carla, address, press, to
):
    assert opened(browser.as_(carla), address).attach(picture=PNG).submit(press).leads_to(to)
    [picture] = db.query(Picture)
    assert (picture.account_id, picture.kind) == (carla.id, PictureKind.COACH)
    assert profile(db, carla).picture_id == picture.id
    assert seen(picture.content).size == (256, 256)
    assert alike(seen(picture.content).getpixel((9, 9)), RED)
    assert len(picture.content) <= 12_000
    assert on_the_page(browser) == [f"/pictures/{picture.token}"]
    assert browser.as_guest().get(f"/pictures/{picture.token}").is_good
    # She is looked at again, and stays on the market meanwhile.
    assert profile(db, carla).to_look_at == ["picture"]
    assert profile(db, carla).status is CoachStatus.APPROVED
    assert not db.query(CoachDecision).count()
    [event] = db.query(Event).filter_by(name="coach_profile.updated")
    assert event.detail == {"changed": ["picture_id"]}


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_the_same_with_htmx(browser, db, carla, address, press, to):
    form = opened(browser.as_(carla), address).attach(picture=PNG)
    answer = form.submit(press, htmx=True)
    token = db.query(Picture).one().token
    if address == STEP:
        assert answer.leads_to(to)
    else:
        assert f"/pictures/{token}" in [img["src"] for img in answer.all("dd img")]


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_the_heaviest_picture_weighs_no_more_than_twelve_kilobytes(
    browser, db, carla, address, press, to
):
    file = ("me.png", encoded(noise(400, 400), "PNG"))
    assert opened(browser.as_(carla), address).attach(picture=file).submit(press).leads_to(to)
    assert len(db.query(Picture).one().content) <= 12_000


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_a_picture_takes_the_place_of_the_one_before(browser, db, carla, address, press, to):
    before = make_picture(db, carla)
    profile(db, carla).picture_id = before.id
    old = f"/pictures/{before.token}"
    assert on_the_page(browser) == [old]
    form = opened(browser.as_(carla), address)
    assert form.attach(picture=("me.png", blue())).submit(press).leads_to(to)
    [picture] = db.query(Picture)
    assert alike(seen(picture.content).getpixel((9, 9)), BLUE)
    assert on_the_page(browser) == [f"/pictures/{picture.token}"] != [old]
    assert browser.as_guest().get(old).is_not_found
    assert browser.as_(carla).get(old).is_not_found


def blue():
    picture = noise(2, 2)
    picture.paste(BLUE, (0, 0, 2, 2))
    return encoded(picture.resize((300, 200)), "PNG")


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_carla_takes_her_picture_away_by_a_tick(browser, db, carla, address, press, to):
    picture = make_picture(db, carla)
    profile(db, carla).picture_id = picture.id
    old = f"/pictures/{picture.token}"
    form = opened(browser.as_(carla), address).fill(remove_picture=True)
    assert form.submit(press).leads_to(to)
    assert not db.query(Picture).count()
    assert profile(db, carla).picture_id is None
    assert not on_the_page(browser)
    assert browser.as_guest().get(old).is_not_found
    assert "remove_picture" not in opened(browser.as_(carla), address).fields
    assert profile(db, carla).to_look_at == ["picture"]
    assert profile(db, carla).status is CoachStatus.APPROVED


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_a_new_picture_is_meant_also_where_the_old_one_is_ticked_away(
    browser, db, carla, address, press, to
):
    profile(db, carla).picture_id = make_picture(db, carla, token="a" * 43).id
    form = opened(browser.as_(carla), address).fill(remove_picture=True).attach(picture=PNG)
    assert form.submit(press).leads_to(to)
    [picture] = db.query(Picture)
    assert picture.token != "a" * 43
    assert profile(db, carla).picture_id == picture.id


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_details_without_a_file_leave_the_picture_alone(browser, db, carla, address, press, to):
    picture = make_picture(db, carla)
    profile(db, carla).picture_id = picture.id
    assert opened(browser.as_(carla), address).fill(rate="44").submit(press).leads_to(to)
    assert db.query(Picture).one().id == profile(db, carla).picture_id == picture.id
    assert profile(db, carla).to_look_at is None


@pytest.mark.parametrize(
    ("address", "press", "way"),
    [(STEP, "continue", "htmx"), (STEP, "later", "plain"), (PART, "save", "plain")],
)
def test_what_is_no_picture_is_said_beside_it_and_all_else_stays(
    browser, db, carla, address, press, way
):
    before = make_picture(db, carla)
    profile(db, carla).picture_id = before.id
    form = opened(browser.as_(carla), address).fill(**OTHERS)
    form.attach(picture=("me.png", b"\x89PNG and then nothing"))
    if press == "later":
        # Nothing is lost on the way out: the words are kept, the picture is as it was.
        assert form.submit(press).leads_to("/dashboard")
        assert db.query(StepDraft).one().fields["rate"] == ["14"]
    else:
        answer = form.submit(press, htmx=way == "htmx")
        assert answer.is_redisplay
        assert "This file is not a picture we can read." in answer.error_of("picture")
        kept = answer.form(address)
        assert {name: kept.value(name) for name in OTHERS} == OTHERS
    assert db.query(Picture).one().id == profile(db, carla).picture_id == before.id
    assert profile(db, carla).phone == "" and carla.country == "ES"
    assert not db.query(Event).count()


@pytest.mark.parametrize(("address", "press", "to"), PLACES)
def test_a_wrong_detail_keeps_the_picture_out_and_is_said_with_it(
    browser, db, carla, address, press, to
):
    form = opened(browser.as_(carla), address).fill(rate="3").attach(picture=PNG)
    answer = form.submit(press)
    assert answer.is_redisplay and answer.error_of("rate")
    assert not db.query(Picture).count()
    form.attach(picture=("me.png", b"no picture"))
    answer = form.submit(press)
    assert answer.error_of("rate") and answer.error_of("picture")


@pytest.mark.parametrize("press", ["later", "back"])
def test_a_good_picture_is_kept_for_later_with_what_is_not_right_yet(browser, db, carla, press):
    form = opened(browser.as_(carla), STEP).fill(rate="3").attach(picture=PNG)
    assert form.submit(press).status == 303
    assert db.query(Picture).one().id == profile(db, carla).picture_id
    assert profile(db, carla).rate == 1800
    again = browser.as_(carla).get(STEP)
    assert again.form(STEP).value("rate") == "3"
    assert again.all("#step-form img")
    # The draft is gone once it is saved; the picture is not sent again, and stays.
    assert again.form(STEP).fill(rate="20", currency="EUR").submit("continue").status == 303
    assert not db.query(StepDraft).count()
    assert db.query(Picture).count() == 1


def test_a_picture_alone_leaves_no_draft(browser, db, carla):
    form = opened(browser.as_(carla), STEP).attach(picture=PNG)
    assert form.submit("later").leads_to("/dashboard")
    assert db.query(Picture).count() == 1
    assert not db.query(StepDraft).count()


def test_nobody_looks_at_the_picture_of_who_is_not_approved(browser, db, carla):
    coach = profile(db, carla)
    coach.status, coach.approved_at = CoachStatus.DRAFT, None
    assert opened(browser.as_(carla), STEP).attach(picture=PNG).submit("continue").status == 303
    assert profile(db, carla).to_look_at is None
    token = db.query(Picture).one().token
    assert browser.as_guest().get(f"/pictures/{token}").is_not_found
    assert browser.as_(carla).get(f"/pictures/{token}").is_good


def test_with_data_saver_on_there_are_initials(browser, db, carla, sofia):
    opened(browser.as_(carla), PART).attach(picture=PNG).submit("save")
    token = db.query(Picture).one().token
    for person in (sofia, carla):
        person.data_saver = DataSaver.ON
    for person, address in ((sofia, PUBLIC), (carla, STEP), (carla, PART), (carla, PART[:-8])):
        page = browser.as_(person).get(address)
        assert page.is_good
        assert token not in "".join(str(img) for img in page.all("img")), address
    assert "CR" in browser.as_(sofia).get(PUBLIC).texts("header span.av")
    # She can still take it away.
    form = opened(browser.as_(carla), PART).fill(remove_picture=True)
    assert form.submit("save").status == 303
    assert not db.query(Picture).count()


@pytest.mark.parametrize("step", ["goal", "skills", "headline"])
def test_no_other_part_takes_a_picture(browser, db, carla, step):
    hers = browser.as_(carla)
    for address in (f"/become-a-coach/{step}", f"/profile/coach/{step}"):
        form = opened(hers, address)
        answer = hers.post(form.action, form._pairs(), files={"picture": PNG})
        assert answer.status == 303
    assert not db.query(Picture).count()
    assert profile(db, carla).picture_id is None


def test_an_older_form_brings_no_picture_over_a_newer_one(browser, db, carla):
    old, new = (opened(browser.as_(carla), STEP) for _ in range(2))
    assert new.fill(rate="44", currency="EUR").submit("continue").status == 303
    answer = old.attach(picture=PNG).submit("continue")
    assert answer.is_conflict
    assert not db.query(Picture).count()
    assert profile(db, carla).rate == 4400


@pytest.mark.parametrize("place", ["/become-a-coach", "/profile/coach"])
@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("goal", {"goal": "main_income"}),
        ("headline", {"headline": " Spanish  at the stove", "bio": "We cook.\nWe talk.\n" * 9}),
        ("details", OTHERS),
    ],
)
def test_carla_who_never_heard_that_it_was_stored_sends_it_again(
    browser, db, carla, place, step, words
):
    address = f"{place}/{step}"
    press = "save" if place == "/profile/coach" else "continue"
    form = opened(browser.as_(carla), address).fill(**words)
    first, again = form.submit(press), form.submit(press)
    assert first.status == again.status == 303
    assert first.location == again.location
    assert db.query(Event).count() == 1
    # With other words it is an older form, as it was.
    last = {"goal": "no_specific_goal", "headline": "Spanish elsewhere", "rate": "99"}
    other = {name: words for name, words in last.items() if name in form.fields}
    assert form.fill(**other).submit(press).is_conflict
    assert db.query(Event).count() == 1


def test_a_moderator_who_looked_is_asked_again_only_by_another_picture(browser, db, carla):
    opened(browser.as_(carla), PART).attach(picture=PNG).submit("save")
    coach = profile(db, carla)
    coach.to_look_at, coach.approved_at = None, now()
    opened(browser.as_(carla), PART).fill(rate="33", currency="EUR").submit("save")
    assert profile(db, carla).to_look_at is None
