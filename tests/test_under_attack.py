"""Many guess at passwords at once, at a site as ./run serves it: two workers and the real hash."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import pytest

from app.passwords import DEMO_PASSWORD
from tests.patience import PATIENCE
from tests.test_cli import Site

SOFIA = {"email": "sofia@skileez.example", "password": DEMO_PASSWORD}
WRONG = SOFIA | {"password": "not her password"}
AT_ONCE = 32


@pytest.fixture(scope="module")
def site(engines: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo world, whose visitors say through a proxy from where they come."""
    folder = tmp_path_factory.mktemp("attacked")
    with engines.database(migrated=True) as database:
        url = database.url.render_as_string(hide_password=False)
        site = Site(
            folder, DATA_DIR=str(folder), DATABASE_URL=url, WORKERS="2", TRUSTED_PROXIES="127.0.0.1"
        )
        yield site.wait_until_up()
        site.stop()


def asked(
    site: Site, path: str, form: dict[str, str] | None = None, *, address: str, cookie: str = ""
) -> tuple[int, str, float]:
    """The status, the cookies that were set, and how long it took."""
    headers = {"X-Forwarded-For": address, "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
    body = None
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form)
    began = perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)) as line:
        line.request("POST" if body else "GET", path, body, headers)
        answer = line.getresponse()
        answer.read()
    cookies = [one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or []]
    return answer.status, "; ".join(cookies), perf_counter() - began


def test_others_still_get_their_pages(site: Site) -> None:
    def look() -> float:
        status, _, took = asked(site, "/coaches", address="192.0.2.1")
        assert status == 200
        return took

    def guess(number: int) -> int:
        form = WRONG | {"email": f"somebody{number}@skileez.example"}
        return asked(site, "/sign-in", form, address=f"198.51.100.{number}")[0]

    usual = max(look() for _ in range(10))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        guesses = [pool.submit(guess, number) for number in range(AT_ONCE)]
        meanwhile = []
        while wait(guesses, timeout=0.1).not_done:
            meanwhile.append(look())
    statuses = [one.result() for one in guesses]
    assert set(statuses) <= {422, 503} and statuses.count(422) > 10
    # A second; on a machine that is slow anyway, not much slower than without the guesses.
    assert max(meanwhile) < max(1, 5 * usual)


def test_the_owner_gets_in_from_a_device_of_hers(site: Site) -> None:
    status, cookies, _ = asked(site, "/sign-in", SOFIA, address="192.0.2.7")
    assert status == 303
    device = next(one for one in cookies.split("; ") if one.startswith("__Host-device="))

    def guess(number: int) -> int:
        return asked(site, "/sign-in", WRONG, address=f"203.0.113.{number}")[0]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(guess, range(AT_ONCE)))
    assert statuses.count(422) <= 10 and set(statuses) <= {422, 429, 503}
    while guess(99) == 422:  # some were turned away uncounted, because the line was full
        pass
    assert asked(site, "/sign-in", SOFIA, address="192.0.2.8")[0] == 429
    assert asked(site, "/sign-in", SOFIA, address="192.0.2.8", cookie=device)[0] == 303
