"""Accounts as their owners meet them: mails, passwords, sign-ins, sides, and nothing lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from app.clock import now
from db.engine import Database
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.models.sign_ins import SignIn
from tests.journeys.newcomer import (
    Newcomer,
    filled_by_managers,
    is_asked_to_sign_in,
    tells_where_and_what,
)
from tests.patience import until

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW_PASSWORD = "four herons near the weir"
WANTED = "Read Twi letters from my grandmother"
WHY = "She writes every month, and I would like to answer her in her own words at last."


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def nia(request: pytest.FixtureRequest, open_browser: Any) -> Newcomer:
    return Newcomer(open_browser, script=request.param)


@pytest.fixture
def hours_pass(world: Database) -> Callable[[Newcomer], None]:
    """The password of this person was given longer ago than it counts for."""

    def pass_for(person: Newcomer) -> None:
        with world.writing() as db:
            owner = select(Account.id).where(Account.email == person.email).scalar_subquery()
            past = now() - timedelta(hours=1)
            db.execute(update(SignIn).where(SignIn.account_id == owner).values(proved_at=past))

    return pass_for


def type_request(nia: Newcomer) -> None:
    page = nia.page
    page.goto("/requests/new")
    page.get_by_label("Title").fill(WANTED)
    page.locator("[name=skills]").fill("Twi, Reading")
    page.locator("input[name=level][value=beginner]").check()
    page.locator("input[name=format][value=ongoing]").check()
    tells_where_and_what(page)
    page.locator("#description").fill(WHY)


def is_saved(world: Database, nia: Newcomer) -> bool:
    """Whether the draft holds what was typed last."""
    words = select(LearningRequest.id).join(Account, Account.id == LearningRequest.student_id)
    with world.reading() as db:
        mine = words.where(Account.email == nia.email, LearningRequest.description == WHY)
        return db.scalars(mine).first() is not None


def typed_request(nia: Newcomer) -> tuple[str, str, bool]:
    page = nia.page
    return (
        page.get_by_label("Title").input_value(),
        page.locator("#description").input_value(),
        page.locator("input[name=level][value=beginner]").is_checked(),
    )


def test_joining(nia):
    page = nia.page
    page.goto("/sign-up")
    assert filled_by_managers(page) == {
        "first_name": "given-name",
        "last_name": "family-name",
        "email": "email",
        "password": "new-password",
    }
    nia.signs_up()
    assert filled_by_managers(page) == {"email": "username", "password": "current-password"}
    nia.sees("We have sent you a mail.")
    nia.follows_mail("Confirm your email address")
    assert page.url.endswith("/confirm-email")
    nia.sees(nia.email)
    nia.looks_whole()
    nia.press("Confirm this address")
    nia.sees("Your email address is confirmed.")
    nia.signs_in()
    nia.sees("Hello, Nia")
    assert page.get_by_text("Confirm your email address").count() == 0
    nia.looks_whole()


def test_posting_a_request_waits_for_the_confirmation_and_keeps_the_text(nia):
    page = nia.page
    nia.signs_up()
    nia.signs_in()
    nia.sees("Confirm your email address with the link we sent to")
    type_request(nia)
    nia.sees("Confirm your email address first")
    assert page.get_by_role("button", name="Post request").count() == 0
    nia.looks_whole()
    nia.press("Save draft")
    page.get_by_role("heading", level=1, name=WANTED).wait_for()
    draft = page.url
    nia.confirms()
    page.goto(f"{draft}/edit")
    assert typed_request(nia) == (WANTED, WHY, True)
    tells_where_and_what(page)
    nia.press("Post request")
    page.get_by_role("heading", level=1, name=WANTED).wait_for()
    nia.sees("Open")


def test_a_forgotten_password(nia):
    page, other = nia.page, nia.open_browser()
    nia.signs_up()
    nia.signs_in(other)
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgot it?").click()
    page.wait_for_url("**/forgot-password")
    assert filled_by_managers(page) == {"email": "username"}
    page.locator("#email").fill(nia.email)
    nia.press("Send me a link")
    nia.sees("If somebody here has this address")
    nia.follows_mail("Choose a new password")
    assert page.url.endswith("/reset-password")
    assert filled_by_managers(page) == {"email": "username", "password": "new-password"}
    page.locator("#password").fill("nia")
    nia.press("Set the new password")
    page.locator("#password[aria-invalid=true]").wait_for()
    nia.looks_whole()
    page.locator("#password").fill(NEW_PASSWORD)
    nia.press("Set the new password")
    nia.sees("Your new password is set.")
    nia.types_sign_in(page)
    nia.sees("The email or the password is not right.")
    nia.password = NEW_PASSWORD
    nia.signs_in()
    assert is_asked_to_sign_in(other)


def test_a_new_address_and_the_way_back(nia):
    page, other = nia.page, nia.open_browser()
    nia.settles()
    before, after = nia.email, f"{nia.name}.new@skileez.example"
    page.goto("/settings/email")
    page.locator("#email").fill(after)
    nia.press("Send the link")
    nia.sees("A mail is on its way to")
    nia.looks_whole()
    nia.follows_mail("Confirm your new email address", to=after)
    nia.sees(after)
    nia.press("Confirm this address")
    nia.sees("Your new email address is confirmed, and the old one is gone.")
    nia.email = after
    nia.signs_in(other)
    nia.follows_mail("Your email address was changed", to=before)
    nia.sees(before)
    nia.looks_whole()
    nia.press("Use this address again")
    nia.sees("Your old address is back, and everybody is signed out.")
    assert is_asked_to_sign_in(page)
    assert is_asked_to_sign_in(other)
    nia.types_sign_in(other)
    nia.sees("The email or the password is not right.", page=other)
    nia.email = before
    nia.signs_in(other)


def test_browsers_that_are_signed_in(nia):
    page, other = nia.page, nia.open_browser(user_agent=FIREFOX)
    nia.settles()
    nia.signs_in(other)
    page.goto("/settings/sign-ins")
    nia.sees("This device")
    assert page.locator("#sign-ins li").count() == 2
    nia.looks_whole()
    nia.press("Sign out Firefox")
    nia.sees("That browser is signed out.")
    assert page.locator("#sign-ins li").count() == 1
    assert is_asked_to_sign_in(other)
    assert not is_asked_to_sign_in(page)


def test_signing_out_everywhere_else(nia):
    page, others = nia.page, [nia.open_browser(), nia.open_browser(user_agent=FIREFOX)]
    nia.settles()
    for other in others:
        nia.signs_in(other)
    page.goto("/settings/sign-ins")
    nia.press("Sign out everywhere else")
    nia.sees("You are signed out everywhere else.")
    assert page.get_by_role("button", name="Sign out everywhere else").count() == 0
    assert all(is_asked_to_sign_in(other) for other in others)
    assert not is_asked_to_sign_in(page)


def test_the_password_is_asked_for_again_and_nothing_typed_is_lost(nia, hours_pass):
    page, wanted = nia.page, f"{nia.name}.late@skileez.example"
    nia.settles()
    page.goto("/settings/email")
    page.locator("#email").fill(wanted)
    hours_pass(nia)
    nia.press("Send the link")
    nia.sees("Your password, please")
    assert filled_by_managers(page) == {"email": "username", "password": "current-password"}
    nia.looks_whole()
    page.locator("#password").fill("not my password")
    nia.press("Go on")
    nia.sees("This is not your password.")
    page.locator("#password").fill(nia.password)
    nia.press("Go on")
    page.locator("#password").wait_for(state="detached")
    assert page.locator("#email").input_value() == wanted
    nia.press("Send the link")
    nia.sees("A mail is on its way to")
    page.goto("/settings/password")
    assert filled_by_managers(page) == {"email": "username", "password": "new-password"}


def test_teaching_as_well_and_back_in_one_click(nia):
    page = nia.page
    nia.settles()
    page.locator(".menu summary").click()
    nia.press("Teach on Skileez too", within=".menu")
    unfinished = "**/become-a-coach/goal"
    page.wait_for_url(unfinished)
    nia.looks_whole()
    page.goto("/dashboard")
    page.locator(".top nav").get_by_role("link", name="Find requests").wait_for()
    for side, here in (("Learn", "student"), ("Teach", "coach"), ("Learn", "student")):
        if page.locator(".seg").is_visible():
            page.locator(".seg").get_by_role("button", name=side).click()
        else:
            page.locator(".menu summary").click()
            nia.press(f"Switch to {side}", within=".menu")
        page.wait_for_url(unfinished if side == "Teach" else "**/welcome")
        page.goto("/dashboard")
        page.locator(f".seg [value={here}][aria-pressed=true]").wait_for(state="attached")
        nia.looks_whole()


def test_what_was_typed_waits_behind_the_sign_in(nia, world):
    page = nia.page
    nia.settles()
    type_request(nia)
    if nia.script:  # a save of its own would be led to the sign-in before the press
        until(partial(is_saved, world, nia))
    tab = page.context.new_page()
    tab.goto("/dashboard")
    tab.locator(".menu summary").click()
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url(lambda address: address.endswith("/"))
    nia.press("Post request")
    nia.sees("Your sign-in had ended.")
    nia.signs_in(to=lambda address: "/sign-in" not in address)
    assert typed_request(nia) == (WANTED, WHY, True)
    nia.press("Post request")
    page.get_by_role("heading", level=1, name=WANTED).wait_for()
    nia.sees("Open")
