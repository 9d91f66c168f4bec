"""What a start says of a site for people that cannot work as it is set up."""

import signal

import pytest

from tests.test_cli import Site

PLAIN = "Over plain http browsers keep no sign-in. Put TLS in front; see docs/."
NO_MAIL = "SMTP_URL is not set: mails are files in DATA_DIR/mail"
HTTPS, HTTP = "https://skileez.example", "http://skileez.example"
SMTP = "smtp://127.0.0.1:9"


@pytest.mark.parametrize(("environment", "said"), [
    ({"HOST": "0.0.0.0", "PUBLIC_URL": HTTP}, {PLAIN, NO_MAIL}),
    ({"HOST": "0.0.0.0", "PUBLIC_URL": HTTP, "SMTP_URL": SMTP}, {PLAIN}),
    ({"HOST": "0.0.0.0", "PUBLIC_URL": HTTPS}, {NO_MAIL}),
    ({"HOST": "127.0.0.1", "PUBLIC_URL": HTTPS, "SMTP_URL": SMTP}, set()),
    ({"HOST": "127.0.0.1"}, {NO_MAIL}),  # browsers make an exception for this machine
    ({"DEMO": "1"}, set()),  # mails are read on the site itself
])  # fmt: skip
def test_the_start_says_what_will_not_work(engines, tmp_path, environment, said):
    with engines.database(migrated=True) as database:
        url = database.url.render_as_string(hide_password=False)
        usual = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "WORKERS": "1", "JOBS": "0"}
        site = Site(tmp_path, **(usual | {"DEMO": "0"} | environment))
        try:
            words = site.wait_until_up().text()
        finally:
            site.stop(signal.SIGKILL)
    assert {one for one in (PLAIN, NO_MAIL) if one in words} == said
