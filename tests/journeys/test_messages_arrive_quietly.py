"""Words arrive while one types or reads: nothing moves, and each is read aloud once."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.clock import now
from db.models.accounts import Account
from db.models.blocks import Block
from db.models.threads import Thread
from tests.chromium import assert_accessible, assert_fits
from tests.factories import make_block, make_message
from tests.journeys.talk import assert_once, lose, on_posts, send, shown, stored, waiting

WATCH = """() => {
  window.heard = [];
  new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => {
    if (node.textContent.trim()) heard.push(node.textContent);
  }))).observe(document.querySelector("[role=log]"), { childList: true, subtree: true });
}"""
PLACE = (
    "words => [...document.querySelectorAll('li.msg')].find(one => one.innerText.includes(words))"
)
TOP = f"words => ({PLACE})(words).getBoundingClientRect().top"


@pytest.fixture
def long_thread(thread, world):
    """More than a page of messages, with a number each."""
    sam, _ = thread
    with world.writing() as db:
        row = db.get_one(Thread, int(sam.url.rsplit("/", 1)[1]))
        carla = db.scalars(select(Account).filter_by(id=row.coach_id)).one()
        for number in range(70):
            words, at = f"Line {row.last_number + 1} of {number} so far", now() - timedelta(hours=3)
            make_message(db, row, carla, words, created_at=at)
    for page in thread:
        page.reload()
    return thread


def test_typing_is_left_alone(thread):
    sam, carla = thread
    sam.locator("#text").press_sequentially("Half sent")
    for _ in range(5):
        sam.keyboard.press("ArrowLeft")
    send(carla, "While you type")
    shown(sam, "While you type").wait_for()
    sam.keyboard.type("a ")
    assert sam.input_value("#text") == "Halfa  sent"
    assert sam.evaluate("document.activeElement.id") == "text"
    sam.fill("#text", "")


def test_each_message_is_read_aloud_once(thread):
    sam, carla = thread
    assert sam.get_by_role("log").get_attribute("aria-live") == "polite"
    sam.evaluate(WATCH)
    send(sam, "Said by Sam")
    assert_once(sam, "Said by Sam")
    send(carla, "Said by Carla")
    shown(sam, "Said by Carla").wait_for()
    heard = sam.evaluate("heard.join()")
    assert heard.count("Said by Sam") == heard.count("Said by Carla") == 1
    assert "Sending" not in heard


def test_a_message_that_was_not_sent_is_said_and_can_be_reached(thread):
    sam, _ = thread
    on_posts(sam, lose)
    send(sam, "Not on its way")
    state = waiting(sam, "Not on its way").get_by_role("status")
    state.get_by_text("Not sent").wait_for()
    for page_size in ((390, 844), (1280, 900)):
        sam.set_viewport_size(dict(zip(("width", "height"), page_size, strict=True)))
        for scheme in ("light", "dark"):
            sam.emulate_media(color_scheme=scheme)
            assert_accessible(sam)
            assert_fits(sam)
    sam.context.unroute_all(behavior="ignoreErrors")
    again = state.get_by_role("button", name="Try again")
    again.focus()
    sam.keyboard.press("Enter")
    assert sam.evaluate("document.activeElement !== document.body")
    assert_once(sam, "Not on its way")


def test_at_the_end_one_stays_there_and_further_up_nothing_moves(long_thread):
    sam, carla = long_thread
    send(carla, "The newest of all")
    shown(sam, "The newest of all").wait_for()
    box = sam.locator(".scroll-end")
    assert box.evaluate("box => box.scrollTop") == 0
    box.evaluate("box => box.scrollTo(0, -400)")
    top = sam.evaluate(TOP, "The newest of all")
    send(carla, "Newer still")
    shown(sam, "Newer still").wait_for()
    assert abs(sam.evaluate(TOP, "The newest of all") - top) < 2


def test_older_messages_come_by_scrolling_and_what_is_read_stays(long_thread):
    sam, _ = long_thread
    count = sam.locator("li.msg[id]").count()
    first = sam.locator("li.msg[id]").first
    words = first.inner_text().split("\n")[0]
    sam.locator(".scroll-end").hover()
    with sam.expect_response(lambda answer: "?before=" in answer.url):
        first.evaluate("item => item.scrollIntoView({ block: 'center' })")
    top = sam.evaluate(TOP, words)
    sam.wait_for_function(
        "count => document.querySelectorAll('li.msg[id]').length > count", arg=count
    )
    assert abs(sam.evaluate(TOP, words) - top) < 2
    numbers = sam.locator("li.msg[id]").evaluate_all("all => all.map(one => +one.id.slice(1))")
    assert numbers == sorted(set(numbers))


def test_a_word_that_is_being_composed_is_not_sent(thread, world):
    sam, _ = thread
    sam.fill("#text", "にほん")
    for options in ("isComposing: true", "keyCode: 229"):
        sam.locator("#text").evaluate(
            "field => field.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{ key: 'Enter', bubbles: true, cancelable: true, {options} }}))"
        )
    assert sam.input_value("#text") == "にほん"
    sam.keyboard.press("Enter")
    assert_once(sam, "にほん")
    assert stored(world, "にほん") == 1


def test_words_with_an_address_come_back_and_go_anyway(thread, world):
    sam, _ = thread
    held = []
    on_posts(sam, held.append)
    with sam.expect_request("**/messages/*"):
        send(sam, "Mail me: sam@example.org")
    sam.locator("#text").press_sequentially("And th")
    held[0].continue_()
    anyway = sam.get_by_role("button", name="Send anyway")
    anyway.wait_for()
    waiting(sam, "sam@example.org").wait_for(state="detached")
    assert sam.input_value("#text") == "Mail me: sam@example.org\nAnd th"
    sam.keyboard.type("en?")
    assert_accessible(sam)
    sam.context.unroute_all(behavior="ignoreErrors")
    sam.reload()
    assert sam.input_value("#text") == "Mail me: sam@example.org\nAnd then?"
    sam.get_by_role("button", name="Send", exact=True).click()
    anyway.click()
    anyway.wait_for(state="detached")
    assert_once(sam, "sam@example.org")
    assert sam.input_value("#text") == ""
    assert stored(world, "Mail me: sam@example.org\nAnd then?") == 1


def test_a_composer_that_closes_and_opens_again_keeps_what_was_begun(thread, world):
    sam, _ = thread
    sam.locator("#text").press_sequentially("In the middle of")
    with world.writing() as db:
        row = db.get_one(Thread, int(sam.url.rsplit("/", 1)[1]))
        student, coach = (db.get_one(Account, one) for one in (row.student_id, row.coach_id))
        make_block(db, coach, student)
    sam.locator("#text").wait_for(state="detached")
    assert_accessible(sam)
    with world.writing() as db:
        db.execute(delete(Block))
    sam.locator("#text").wait_for()
    assert sam.input_value("#text") == "In the middle of"
    send(sam, "At the end of it")
    assert_once(sam, "At the end of it")


def test_a_sign_in_that_ended_leads_to_the_door_and_back(thread):
    sam, _ = thread
    here = sam.url
    sam.locator("#text").press_sequentially("Where was I")
    kept = sam.context.cookies()
    sam.context.clear_cookies()
    sam.wait_for_url("**/sign-in?**")
    sam.context.add_cookies(kept)
    sam.goto(sam.url)
    sam.wait_for_url(here)
    assert sam.input_value("#text") == "Where was I"
    sam.fill("#text", "")


def test_without_script_words_come_by_loading_the_page_again(thread, open_as):
    sam, _ = thread
    carla = open_as("carla", script=False)
    carla.goto(sam.url)
    send(carla, "Without any script")
    shown(carla, "Without any script").wait_for()
    shown(sam, "Without any script").wait_for()
    send(sam, "Good to hear")
    assert_once(sam, "Good to hear")
    carla.reload()
    assert shown(carla, "Good to hear").count() == 1
