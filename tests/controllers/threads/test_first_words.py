"""Where first words may not be written, a sentence says why in place of the form."""

from tests.factories import make_block, make_thread

CARLA = "/coaches/carla-ruiz/message"


def closed(browser, person, address=CARLA):
    page = browser.as_(person).get(address)
    assert page.is_not_allowed and not page.has("#first-message")
    assert page.has(f"a[href='{address.removesuffix('/message')}']")
    return page


def test_a_coach_reads_from_which_side_coaches_are_written_to(browser, cole, carla):
    assert closed(browser, cole).says("from the student side")


def test_nobody_writes_to_themselves(browser, dora):
    page = closed(browser, dora, "/coaches/dora-lindqvist/message")
    assert page.says("You cannot write to yourself.")


def test_a_student_confirms_the_address_first(browser, db, sam, carla):
    sam.email_confirmed_at = None
    assert closed(browser, sam).has("main a[href='/confirm-email']")


def test_after_a_block_the_words_are_neutral_but_to_who_blocked(browser, db, sam, sofia, carla):
    make_block(db, sam, carla)
    make_block(db, carla, sofia)
    assert closed(browser, sam).says("You have blocked this coach.")
    page = closed(browser, sofia)
    assert page.says("This coach cannot be written to at the moment.")
    assert "block" not in page.one("main").get_text().lower()


def test_as_htmx_asks_for_it_the_page_opens_whole(browser, cole, carla):
    assert browser.htmx.as_(cole).get(CARLA).headers["hx-redirect"] == CARLA


def test_a_pair_that_talks_is_led_to_its_thread_as_before(browser, db, sam, carla):
    thread = make_thread(db, sam, carla)
    assert browser.as_(sam).get(CARLA).leads_to(f"/messages/{thread.id}")
