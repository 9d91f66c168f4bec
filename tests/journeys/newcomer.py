"""Somebody nobody knows yet, and a browser of theirs; each has an address of their own."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.chromium import assert_fits
from tests.journeys.look import Look
from tests.patience import until

PASSWORD = "a long walk by the river"
ENTER = "form:has(#password) button:not([type=button])"
NUMBERS = count(1)


class Newcomer:
    """What a person does and sees, the same with script and without."""

    def __init__(self, open_one: Callable[..., Any], *, script: bool) -> None:
        self.open_one = open_one
        device = "desktop" if script else "small"
        self.script = script
        self.options = {"script": script, "device": device, "reduced_motion": "reduce"}
        self.name = f"nia.{next(NUMBERS)}"
        self.email = f"{self.name}@skileez.example"
        self.password = PASSWORD
        self.page = self.open_browser()

    def open_browser(self, **options: Any) -> Any:
        return self.open_one(**self.options, **options)

    def press(self, name: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name).first.click()

    def sees(self, words: str, *, page: Any = None) -> None:
        (page or self.page).get_by_text(words).locator("visible=true").first.wait_for()

    def looks_whole(self) -> None:
        """At every width where there is script, which looking needs; at 320 pixels where not."""
        assert_fits(self.page)
        if self.script:
            self.page.evaluate("scrollTo(0, 0)")  # the top bar covers half a row anywhere else
            look = Look(self.page)
            look.at(self.page.url)
            assert not look.faults, "\n".join(look.faults)

    def signs_up(self, intent: str = "learn") -> None:
        page = self.page
        page.goto("/sign-up")
        page.get_by_label("First name").fill("Nia")
        page.get_by_label("Last name").fill("Owusu")
        page.get_by_label("Email").fill(self.email)
        page.get_by_label("Password", exact=True).fill(self.password)
        page.locator(f"input[name=intent][value={intent}]").check()
        page.locator("input[name=adult]").check()
        self.press("Create account")
        page.wait_for_url("**/sign-in?welcome=1")

    def types_sign_in(self, page: Any, password: str = "") -> None:
        page.locator("#email").fill(self.email)
        page.locator("#password").fill(password or self.password)
        page.locator(ENTER).click()

    def signs_in(self, page: Any = None, *, to: str = "**/dashboard") -> None:
        """At the door this page stands before, or at the usual one."""
        page = page or self.page
        if "/sign-in" not in page.url:
            page.goto("/sign-in")
        self.types_sign_in(page)
        page.wait_for_url(lambda address: "/sign-in" not in address)
        if page.url.endswith("/welcome"):  # whoever joined to learn is asked once
            page.get_by_role("link", name="Skip for now").click()
        page.wait_for_url(to)

    def follows_mail(self, subject: str, *, to: str = "") -> None:
        """Find the mail where a demo shows them, and open the link in it."""
        page = self.page
        mail = page.locator("#demo-mail li", has_text=f"To {to or self.email}")
        mail = mail.filter(has_text=subject)

        def is_there() -> int:
            page.goto("/dev/mail")
            return int(mail.count())

        until(is_there)
        mail.first.get_by_role("link").click()
        page.locator("#words a").first.click()

    def confirms(self) -> None:
        self.follows_mail("Confirm your email address")
        self.press("Confirm this address")
        self.sees("Your email address is confirmed.")

    def settles(self, intent: str = "learn") -> None:
        """Joins, confirms the address and signs in."""
        self.signs_up(intent)
        self.confirms()
        self.signs_in()


def tells_where_and_what(page: Any) -> None:
    """Fill in what a student is asked once, if anything is: where they are, and what they speak."""
    for name, words in (("country", "Ghana"), ("time_zone", "Accra")):
        field = page.locator(f"main [name={name}]")
        if field.count():
            field.fill(words)
    if page.locator("main [name=language_1]").count():
        page.locator("main [name=language_1]").select_option("en")
        page.locator("main [name=level_1]").select_option("fluent")


def is_asked_to_sign_in(page: Any, address: str = "/dashboard") -> bool:
    page.goto(address)
    return "/sign-in?next=" in page.url and bool(page.locator("#email").is_visible())


def filled_by_managers(page: Any) -> dict[str, str]:
    """What password managers are told about each field of the main form."""
    fields = page.locator("main form:has([type=password], [type=email]) [autocomplete]")
    fields.first.wait_for(state="attached")  # a link that was pressed may still be on its way
    page.wait_for_load_state("domcontentloaded")
    return dict(fields.evaluate_all("all => all.map(one => [one.name, one.autocomplete])"))
