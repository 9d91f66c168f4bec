"""Two people, two browsers, one thread: words arrive by themselves, and none are lost."""

from tests.journeys.talk import last, send


def test_sam_and_carla_talk_without_loading_a_page(thread):
    sam, carla = thread
    for page in thread:
        page.evaluate("window.stayed = true")
    sam.locator("#text").press_sequentially("Half a sent")
    send(carla, "Welcome, Sam.")
    sam.get_by_text("Welcome, Sam.").wait_for()
    assert sam.input_value("#text") == "Half a sent"
    assert sam.evaluate("document.activeElement.id") == "text"
    for number in range(3):
        sam.fill("#text", f"Quick {number}")
        sam.keyboard.press("Enter")
    carla.get_by_text("Quick 2").wait_for()
    sam.locator("#seen").wait_for()
    for page in thread:
        numbers = page.locator("li.msg").evaluate_all("all => all.map(one => +one.id.slice(1))")
        assert numbers == sorted(set(numbers)) and last(page) == "Quick 2"
        assert page.evaluate("window.stayed") is True


def test_shift_enter_breaks_and_a_phone_breaks_with_enter(thread):
    sam, carla = thread
    sam.fill("#text", "one")
    sam.keyboard.press("Shift+Enter")
    sam.keyboard.type("two")
    assert sam.input_value("#text") == "one\ntwo"
    sam.keyboard.press("Enter")
    carla.locator("li.msg", has_text="two").wait_for()
    assert last(carla) == "one\ntwo"
    carla.locator("#text").press_sequentially("three")
    carla.keyboard.press("Enter")
    assert carla.input_value("#text") == "three\n"


def test_words_that_could_not_be_sent_stay_and_go_once(thread):
    sam, carla = thread
    answered = []

    def fail_after_storing(route):
        if not answered:
            answered.append(route.fetch().status)
            return route.fulfill(status=502, body="Bad gateway")
        return route.continue_()

    sam.route("**/messages/*", fail_after_storing)
    send(sam, "Only once")
    sam.locator(".lost").wait_for()
    sam.fill("#text", "Already typing")
    sam.get_by_role("button", name="Try again").first.click()
    sam.locator("li.msg[id]", has_text="Only once").wait_for()
    sam.locator(".lost").wait_for(state="detached")
    assert sam.locator("li.msg", has_text="Only once").count() == 1
    assert sam.input_value("#text") == "Already typing"
    carla.get_by_text("Only once").wait_for()
    assert carla.locator("li.msg", has_text="Only once").count() == 1
    assert answered == [200]
