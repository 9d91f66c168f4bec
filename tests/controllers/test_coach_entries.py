"""The steps that are lists: one entry more, with every button a step has, and nothing twice."""

import pytest

from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, CoachStatus
from db.models.step_drafts import StepDraft
from tests.drawings import drawn
from tests.factories import make_account, make_education, make_experience, make_portfolio_item
from tests.profile_factories import make_whole_coach

# The step: what makes an entry, what is half of one, what is wrong with it, and where it goes on.
MODELS = {
    "experience": Experience, "education": Education, "portfolio": PortfolioItem,
    "languages": CoachLanguage,
}  # fmt: skip
WHOLE = {
    "experience": {
        "title": "Interpreter", "company": "City hospital", "started": "2019-03", "current": True,
    },
    "education": {
        "institution": "University of Jordan", "degree": "Translation", "started": "2009-09",
        "ended": "2013-06",
    },
    "portfolio": {
        "category": "tutorial", "title": "Small talk at the market",
        "description": "Ten minutes that show how we would begin, with subtitles.",
        "link_1": "https://youtu.be/1",
    },
    "languages": {"language": "ar", "level": "native"},
}  # fmt: skip
HALF = {
    "experience": {"title": "Interp", "ended": "2019-13"},
    "education": {"institution": "Univ", "started": "in 2009"},
    "portfolio": {"title": "Hm", "link_3": "ftp://noor.example", "label_1": "Watch it"},
    "languages": {"language": "ar"},
}
BESIDE = {
    "experience": ("started", "ended"), "education": ("started", "ended"),
    "portfolio": ("category", "title", "description", "link_1", "link_3"), "languages": ("level",),
}  # fmt: skip
BEFORE = {
    "experience": "skills", "education": "experience", "portfolio": "education",
    "languages": "portfolio",
}  # fmt: skip
AFTER = {
    "experience": "education", "education": "portfolio", "portfolio": "languages",
    "languages": "headline",
}  # fmt: skip
MORE = [("experience", make_experience), ("education", make_education),
        ("portfolio", make_portfolio_item)]  # fmt: skip


@pytest.fixture
def noor(db):
    """All is there that has to be, but no language: she is free to open each list."""
    account = make_account(db, first_name="Noor", last_name="Haddad")
    make_whole_coach(db, account, status=CoachStatus.CHANGES_REQUESTED)
    db.query(CoachLanguage).delete()
    return account


def at(step):
    return f"/become-a-coach/{step}"


def opened(asking, step):
    return asking.get(at(step)).form(at(step))


def typed(form, values):
    return {name: form.value(name) for name in values}


@pytest.mark.parametrize("step", WHOLE)
@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_noor_adds_one_and_stays_for_the_next(browser, db, noor, step, way):
    form = opened(browser.as_(noor), step).fill(**WHOLE[step])
    answer = form.submit("add", htmx=way == "htmx")
    if way == "plain":
        assert answer.leads_to(at(step))
        answer = answer.follow()
    else:
        assert answer.is_good and answer.one("#step")
        assert answer.one("#step li[autofocus]")
    assert answer.all("#step section li")
    empty = answer.form(at(step))
    assert not any(empty.value(name) for name in WHOLE[step])
    assert empty.value("form_key") != form.value("form_key")
    assert db.query(MODELS[step]).count() == 1


@pytest.mark.parametrize("step", WHOLE)
@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_going_on_with_something_typed_adds_it(browser, db, noor, step, way):
    form = opened(browser.as_(noor), step).fill(**WHOLE[step])
    answer = form.submit("continue", htmx=way == "htmx")
    assert answer.leads_to(at(AFTER[step]))
    assert db.query(MODELS[step]).one().account_id == noor.id


@pytest.mark.parametrize("step", ["experience", "education", "portfolio"])
def test_going_on_with_nothing_typed_just_goes_on(browser, db, noor, step):
    assert opened(browser.as_(noor), step).submit("continue").leads_to(at(AFTER[step]))
    assert not db.query(MODELS[step]).count()


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_noor_does_not_go_on_without_a_language(browser, db, noor, way):
    answer = opened(browser.as_(noor), "languages").submit("continue", htmx=way == "htmx")
    assert answer.is_redisplay
    assert "anguage" in answer.error_of("language")
    assert answer.one("#step h1")


def test_noor_goes_on_with_a_language_that_is_there(browser, db, noor):
    opened(browser.as_(noor), "languages").fill(**WHOLE["languages"]).submit("add")
    assert opened(browser.as_(noor), "languages").submit("continue").leads_to(at("headline"))
    assert db.query(CoachLanguage).count() == 1


@pytest.mark.parametrize("step", HALF)
@pytest.mark.parametrize("action", ["later", "back"])
def test_half_an_entry_is_kept_and_shown_again(browser, db, noor, step, action):
    hers = browser.as_(noor)
    answer = opened(hers, step).fill(**HALF[step]).submit(action)
    assert answer.leads_to("/dashboard" if action == "later" else at(BEFORE[step]))
    assert not db.query(MODELS[step]).count()
    assert typed(opened(hers, step), HALF[step]) == HALF[step]
    assert "unfinished" in hers.get(at(BEFORE[step])).text


@pytest.mark.parametrize("step", WHOLE)
@pytest.mark.parametrize("action", ["later", "back"])
def test_a_whole_entry_is_added_also_on_the_way_out(browser, db, noor, step, action):
    hers = browser.as_(noor)
    answer = opened(hers, step).fill(**WHOLE[step]).submit(action)
    assert answer.leads_to("/dashboard" if action == "later" else at(BEFORE[step]))
    assert db.query(MODELS[step]).count() == 1
    assert not db.query(StepDraft).count()
    assert not any(opened(hers, step).value(name) for name in WHOLE[step])


@pytest.mark.parametrize("step", WHOLE)
@pytest.mark.parametrize("action", ["later", "back"])
def test_nothing_typed_keeps_nothing(browser, db, noor, step, action):
    answer = opened(browser.as_(noor), step).submit(action)
    assert answer.leads_to("/dashboard" if action == "later" else at(BEFORE[step]))
    assert not db.query(StepDraft).count() and not db.query(MODELS[step]).count()


@pytest.mark.parametrize("step", HALF)
@pytest.mark.parametrize("action", ["later", "continue"])
def test_what_noor_clears_is_no_longer_kept(browser, db, noor, step, action):
    hers = browser.as_(noor)
    opened(hers, step).fill(**HALF[step]).submit("later")
    assert db.query(StepDraft).count() == 1
    opened(hers, "languages").fill(**WHOLE["languages"]).submit("add")
    form = opened(hers, step)
    cleared = form.submit(action) if step == "languages" else form.fill(
        **dict.fromkeys(HALF[step], "")
    ).submit(action)  # fmt: skip
    assert cleared.status == 303
    assert not db.query(StepDraft).count()


@pytest.mark.parametrize("step", WHOLE)
def test_a_saved_entry_is_no_longer_unfinished(browser, db, noor, step):
    hers = browser.as_(noor)
    opened(hers, step).fill(**HALF[step]).submit("later")
    wrong = {"link_3": "", "label_1": ""} if step == "portfolio" else {}
    wrong = {"ended": ""} if step == "experience" else wrong
    page = opened(hers, step).fill(**(wrong | WHOLE[step])).submit("add").follow()
    assert not db.query(StepDraft).count() and db.query(MODELS[step]).count() == 1
    assert not any(page.form(at(step)).value(name) for name in WHOLE[step] | HALF[step])


@pytest.mark.parametrize("step", WHOLE)
@pytest.mark.parametrize(
    ("action", "way"), [("add", "htmx"), ("continue", "plain"), ("later", "plain")]
)
def test_the_same_form_sent_twice_makes_one(browser, db, noor, step, action, way):
    form = opened(browser.as_(noor), step).fill(**WHOLE[step])
    first, second = (form.submit(action, htmx=way == "htmx") for _ in range(2))
    assert (first.status, first.location) == (second.status, second.location)
    assert first.text == second.text
    assert db.query(MODELS[step]).count() == 1


@pytest.mark.parametrize("step", HALF)
@pytest.mark.parametrize(("action", "way"), [("add", "htmx"), ("continue", "plain")])
def test_a_mistake_is_said_beside_its_field_and_all_that_was_typed_stays(
    browser, db, noor, step, action, way
):
    form = opened(browser.as_(noor), step).fill(**HALF[step])
    answer = form.submit(action, htmx=way == "htmx")
    assert answer.is_redisplay
    assert answer.one("#step h1")
    assert [name for name in BESIDE[step] if not answer.error_of(name)] == []
    assert typed(answer.form(at(step)), HALF[step]) == HALF[step]
    assert not db.query(MODELS[step]).count() and not db.query(StepDraft).count()


@pytest.mark.parametrize("step", WHOLE)
def test_nothing_cannot_be_added(browser, db, noor, step):
    answer = opened(browser.as_(noor), step).submit("add")
    assert answer.is_redisplay
    assert not db.query(MODELS[step]).count()


@pytest.mark.parametrize(("step", "make"), MORE)
def test_the_buttons_of_a_list_lead_back_to_the_step(browser, db, noor, step, make):
    first, second = make(db, noor, position=0), make(db, noor, position=1)
    hers, address = browser.as_(noor), at(step)
    came = {"Referer": f"https://skileez.test{address}"}
    page = hers.get(address)
    for name in ("down", "remove", "restore"):
        action = f"/profile/{step}/{first.id}/{name}"
        assert page.form(action).method == "post"
        answer = hers.post(action, headers=came)
        assert answer.leads_to(address)
        page = answer.follow()
    assert [one.removed_at for one in (first, second)] == [None, None]
    assert first.position > second.position
    change = hers.get(f"/profile/{step}/{first.id}", headers=came)
    [form] = [form for form in change.all("form") if f"/{first.id}?" in form["action"]]
    assert form["action"].endswith(f"?from={address}")
    back = hers.post(form["action"], change.form(f"/profile/{step}/{first.id}")._pairs())
    assert back.leads_to(address)


def test_a_language_is_removed_and_put_back_within_the_step(browser, db, noor):
    hers, address = browser.as_(noor), at("languages")
    opened(hers, "languages").fill(**WHOLE["languages"]).submit("add")
    arabic = db.query(CoachLanguage).one().id
    came = {"Referer": f"https://skileez.test{address}"}
    removed = hers.post(f"/profile/coach/languages/{arabic}/remove", headers=came)
    assert removed.leads_to(address)
    # What was removed does not count.
    assert opened(hers, "languages").submit("continue").is_redisplay
    answer = hers.post(f"/profile/coach/languages/{arabic}/restore", headers=came)
    assert answer.leads_to(address)
    assert opened(hers, "languages").submit("continue").leads_to(at("headline"))


@pytest.mark.parametrize("action", ["add", "continue"])
def test_a_piece_of_work_brings_its_picture(browser, db, noor, action):
    form = opened(browser.as_(noor), "portfolio").fill(**WHOLE["portfolio"])
    form.attach(thumbnail=("stall.png", drawn("PNG"))).submit(action)
    picture = db.query(Picture).one()
    assert picture.kind is PictureKind.THUMBNAIL
    assert db.query(PortfolioItem).one().thumbnail_id == picture.id
    shown = browser.as_(noor).get(at("portfolio")).all("#step section img")
    assert [img["src"] for img in shown] == [f"/pictures/{picture.token}"]


@pytest.mark.parametrize("action", ["add", "continue"])
def test_a_file_that_is_no_picture_is_said_beside_it_and_the_words_stay(browser, db, noor, action):
    form = opened(browser.as_(noor), "portfolio").fill(**WHOLE["portfolio"])
    answer = form.attach(thumbnail=("stall.png", b"no picture")).submit(action)
    assert answer.is_redisplay
    assert answer.error_of("thumbnail")
    assert typed(answer.form(at("portfolio")), WHOLE["portfolio"]) == WHOLE["portfolio"]
    assert not db.query(PortfolioItem).count() and not db.query(Picture).count()


def test_a_picture_alone_is_no_piece_of_work(browser, db, noor):
    form = opened(browser.as_(noor), "portfolio").attach(thumbnail=("stall.png", drawn("PNG")))
    answer = form.submit("continue")
    assert answer.is_redisplay and answer.error_of("title")
    assert not db.query(Picture).count()


def test_neither_petras_list_nor_her_draft_is_anybody_elses(browser, db, noor, petra):
    opened(browser.as_(petra), "experience").fill(title="Half of hers").submit("later")
    make_experience(db, petra, title="Baker")
    page = browser.as_(noor).get(at("experience"))
    assert "Half of hers" not in page.text and "Baker" not in page.text


def test_whoever_was_sent_once_is_not_taken_off_by_one_entry_more(browser, db, noor):
    for status in (CoachStatus.SUBMITTED, CoachStatus.APPROVED):
        db.get(CoachProfile, noor.id).status = status
        opened(browser.as_(noor), "experience").fill(**WHOLE["experience"]).submit("add")
        assert db.get(CoachProfile, noor.id).status is status
    assert db.query(Experience).count() == 2
