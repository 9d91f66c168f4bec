"""What staff have read is what they decide on."""

from db.models.profiles import CoachProfile


def profile(db, coach):
    return db.get_one(CoachProfile, coach.id)


def here(coach):
    return f"/admin/coaches/{coach.id}"


def test_mina_cannot_approve_words_she_has_not_seen(browser, db, petra, mina):
    read = browser.as_(mina).get(here(petra)).form("approve")
    profile(db, petra).headline = "Something else altogether"
    answer = read.submit()
    assert answer.status == 409
    assert answer.says("This was changed while you read it.")
    assert not profile(db, petra).is_approved
    seen = answer.click("Go on")
    assert seen.says("Something else altogether")
    assert seen.form("approve").submit().leads_to("/admin/coaches")
    assert profile(db, petra).is_approved


def test_changes_mina_has_not_seen_stay_to_be_looked_at(browser, db, carla, mina):
    profile(db, carla).to_look_at = ["headline"]
    read = browser.as_(mina).get(here(carla)).form("looked")
    profile(db, carla).headline = "Changed once more"
    assert read.submit().status == 409
    assert profile(db, carla).to_look_at == ["headline"]
