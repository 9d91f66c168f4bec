"""Where a request comes from: what is counted, what is shown, what is written down."""

import pytest

from app.web.networks import counted, origin, place


@pytest.mark.parametrize(("host", "counts", "shown", "logged"), [
    ("203.0.113.9", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("::ffff:203.0.113.9", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("::FFFF:CB00:7109", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "Network 2001:db8:1", "2001:db8:1::/48"),
    ("2001:DB8:1:2::", "2001:db8:1:2::/64", "Network 2001:db8:1", "2001:db8:1::/48"),
    ("fe80::1%eth0", "fe80::/64", "Network fe80", "fe80::/48"),
    ("127.0.0.1", "127.0.0.1", "This machine", "127.0.0.0/24"),
    ("127.1.2.3", "127.1.2.3", "This machine", "127.1.2.0/24"),
    ("::1", "::/64", "This machine", "::/48"),
    ("::ffff:127.0.0.1", "127.0.0.1", "This machine", "127.0.0.0/24"),
    ("", "unknown", "", None),
    ("testclient", "unknown", "", None),
    ("203.0.113.9:80", "unknown", "", None),
    ("0203.0.113.9", "unknown", "", None),
])  # fmt: skip
def test_an_address_as_it_is_counted_shown_and_logged(host, counts, shown, logged):
    scope = {"client": (host, 1), "request_id": "r1"}
    assert (counted(scope), place(scope)) == (counts, shown)
    assert (origin(scope).network, origin(scope).request_id) == (logged, "r1")


def test_a_server_that_does_not_say():
    assert counted({"client": None}) == counted({}) == "unknown"
