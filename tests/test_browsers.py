"""Browsers in words, told from what they call themselves."""

import pytest

from app.browsers import browser_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(("agent", "name"), [
    ("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox on Android"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
    (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130.0.0.0 Safari/537.36", "Chrome on Windows"),
    (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130 Safari/537.36 Edg/130", "Edge on Windows"),
    (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/130 Safari/1", "Chrome on Android"),
    (f"Mozilla/5.0 (Linux; Android 13) {WEBKIT} SamsungBrowser/26 Chrome/122 Safari/1",
     "Samsung Internet on Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) Version/17.6 Mobile/15 Safari/604.1",
     "Safari on iPhone"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) CriOS/130 Safari/604.1",
     "Chrome on iPhone"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605", "Safari on Mac"),
    (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/130 Safari/1",
     "Chrome on Chromebook"),
    ("Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
     "Firefox on KaiOS"),
    ("Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12", "Opera Mini on Android"),
    ("curl/8.9", "A browser"),
    ("", "A browser"),
    ("<script>Firefox/", "Firefox"),
])  # fmt: skip
def test_a_browser_by_the_name_its_owner_knows(agent, name):
    assert browser_name(agent) == name
