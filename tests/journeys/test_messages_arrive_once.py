"""What is sent is sent once and never lost: dead lines, lost answers, closed tabs, quick taps."""

from tests.journeys.talk import (
    assert_once,
    lose,
    lose_the_answer,
    on_posts,
    send,
    shown,
    stored,
    waiting,
)  # fmt: skip
from tests.patience import until


def try_again(page, words):
    waiting(page, words).get_by_role("button", name="Try again").click()


def test_what_was_not_sent_stays_over_a_reload_and_a_closed_tab(thread, world):
    sam, carla = thread
    on_posts(sam, lose)
    send(sam, "Kept in the tunnel")
    waiting(sam, "Not sent · Try again").wait_for()
    sam.fill("#text", "Half a sent")
    sam.reload()
    waiting(sam, "Kept in the tunnel").get_by_text("Not sent").wait_for()
    assert sam.input_value("#text") == "Half a sent"
    later = sam.context.new_page()
    sam.close()
    later.goto(carla.url)
    try_again(later, "Kept in the tunnel")
    waiting(later, "Kept in the tunnel").get_by_text("Not sent").wait_for()
    assert stored(world, "Kept in the tunnel") == 0
    later.context.unroute_all(behavior="ignoreErrors")
    try_again(later, "Kept in the tunnel")
    assert_once(later, "Kept in the tunnel")
    later.reload()
    assert_once(later, "Kept in the tunnel")
    assert later.input_value("#text") == "Half a sent"
    shown(carla, "Kept in the tunnel").wait_for()
    assert stored(world, "Kept in the tunnel") == 1


def test_what_was_not_sent_can_be_thrown_away(thread, world):
    sam, _ = thread
    on_posts(sam, lose)
    send(sam, "Better not")
    waiting(sam, "Better not").get_by_role("button", name="Remove").click()
    waiting(sam, "Better not").wait_for(state="detached")
    sam.context.unroute_all(behavior="ignoreErrors")
    sam.reload()
    sam.locator("#text").wait_for()
    assert waiting(sam, "Better not").count() == 0 and stored(world, "Better not") == 0


def test_a_message_whose_answer_was_lost_is_asked_for_once_more(thread, world):
    sam, _ = thread
    on_posts(sam, lose_the_answer)
    send(sam, "Did you get this?")
    waiting(sam, "Not sent").wait_for()
    shown(sam, "Did you get this?").wait_for()  # the poll has brought it
    sam.context.unroute_all(behavior="ignoreErrors")
    assert_once(sam, "Did you get this?")
    assert stored(world, "Did you get this?") == 1


def test_a_lost_answer_and_a_reload(thread, world):
    sam, _ = thread
    sam.context.route("**/new", lambda route: route.abort())
    on_posts(sam, lose_the_answer)
    send(sam, "Before the reload")
    waiting(sam, "Not sent").wait_for()
    sam.context.unroute_all(behavior="ignoreErrors")
    sam.reload()
    assert_once(sam, "Before the reload")
    assert stored(world, "Before the reload") == 1


def test_a_message_on_its_way_when_the_page_is_left(thread, world):
    sam, _ = thread
    on_posts(sam, lambda route: None)  # it never arrives, and never fails
    send(sam, "On its way")
    waiting(sam, "Sending…").wait_for()
    sam.goto("/dashboard")
    sam.context.unroute_all(behavior="ignoreErrors")
    sam.go_back()  # where it goes on by itself
    assert_once(sam, "On its way")
    assert stored(world, "On its way") == 1


def test_three_quick_taps_are_one_message(thread, world):
    sam, carla = thread
    carla.fill("#text", "One of three")
    send_button = carla.get_by_role("button", name="Send", exact=True)
    send_button.evaluate("button => { button.click(); button.click(); button.click(); }")
    assert_once(carla, "One of three")
    shown(sam, "One of three").wait_for()
    assert stored(world, "One of three") == 1


def test_two_tabs_show_each_message_once(thread, world):
    sam, _ = thread
    tab = sam.context.new_page()
    tab.goto(sam.url)
    send(sam, "From the first tab")
    send(tab, "From the second tab")
    for page in (sam, tab):
        for words in ("From the first tab", "From the second tab"):
            assert_once(page, words)
        numbers = page.locator("li.msg[id]").evaluate_all("all => all.map(one => +one.id.slice(1))")
        assert numbers == sorted(set(numbers))
    on_posts(sam, lose)
    send(sam, "Not from the first")
    waiting(sam, "Not sent").wait_for()
    tab.reload()
    # Before the line is back: after that it goes out by itself, and a slow tab has no button.
    waiting(tab, "Not from the first").get_by_role("button", name="Try again").wait_for()
    sam.context.unroute_all(behavior="ignoreErrors")
    try_again(tab, "Not from the first")
    for page in (sam, tab):  # the first one sees that it has arrived, and stops offering
        assert_once(page, "Not from the first")
    assert stored(world, "Not from the first") == 1


def test_offline_and_online_again(thread, world):
    sam, carla = thread
    sam.evaluate("window.stayed = true")
    sam.context.set_offline(True)
    sam.get_by_text("You are offline").wait_for()
    send(sam, "From the train")
    waiting(sam, "Not sent").wait_for()
    sam.locator("#text").press_sequentially("And th")
    send(carla, "Are you on the train?")
    assert_once(carla, "Are you on the train?")
    sam.context.set_offline(False)
    shown(sam, "Are you on the train?").wait_for()
    assert_once(sam, "From the train")
    assert sam.input_value("#text") == "And th"
    assert sam.evaluate("window.stayed") is True
    shown(carla, "From the train").wait_for()
    assert stored(world, "From the train") == 1


def test_the_server_is_killed_while_one_types_and_another_sends(thread, world, site):
    sam, carla = thread
    for page in thread:
        page.evaluate("window.stayed = true")
    sam.locator("#text").press_sequentially("While it ")
    site.kill()
    try:
        sam.locator("#text").press_sequentially("was away")
        send(carla, "Into the dark")
        waiting(carla, "Not sent").wait_for()
        sam.wait_for_event("requestfailed", lambda request: request.url.endswith("/new"))
    finally:
        site.start()
    try_again(carla, "Into the dark")
    assert_once(carla, "Into the dark")
    assert_once(sam, "Into the dark")
    assert sam.input_value("#text") == "While it was away"
    sam.keyboard.press("Enter")
    assert_once(carla, "While it was away")
    assert all(page.evaluate("window.stayed") for page in thread)
    until(lambda: stored(world, "Into the dark") == stored(world, "While it was away") == 1)
