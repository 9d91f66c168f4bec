"""Links to other sites: what is refused, and that the host which is shown is the one that opens."""

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import links
from app.forms.fields import read_link
from app.forms.kinds import Wrong
from app.forms.text import Unreadable

WHOLE = "Write a whole link, beginning with https://."
PLAIN = "Only http and https links without a name or password in them will do."
NOWHERE = "This is not an address on the internet."
SLASHES = "Write the link with / in place of \\."
ONE_PIECE = "Write the link in one piece, without line breaks or tabs."
LETTERS = "Write the name of the site in plain letters."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        # What runs, or is no page of the web.
        ("javascript:alert(1)", PLAIN),
        ("JaVaScRiPt:alert(1)", PLAIN),
        ("javascript://example.com/%0aalert(1)", PLAIN),
        ("java\u200escript:alert(1)", PLAIN),
        ("java script:alert(1)", WHOLE),
        ("data:text/html,<script>alert(1)</script>", PLAIN),
        ("vbscript:msgbox(1)", PLAIN),
        ("blob:https://example.com/1", PLAIN),
        ("filesystem:https://example.com/temporary/", PLAIN),
        ("view-source:https://example.com/", PLAIN),
        ("about:blank", PLAIN),
        ("file:///etc/passwd", PLAIN),
        ("ftp://x.example", PLAIN),
        ("mailto:carla@skileez.example", PLAIN),
        ("tel:+34123456", PLAIN),
        ("intent://x.example#Intent;scheme=https;end", PLAIN),
        # A name and a password in front of the real host.
        ("https://ada@x.example", PLAIN),
        ("https://youtube.com:pw@evil.com", PLAIN),
        ("https://youtube.com@evil.com", PLAIN),
        ("https://youtube.com%2F@evil.com", PLAIN),
        ("https://@evil.com", PLAIN),
        ("https://:@evil.com", PLAIN),
        # White space that browsers leave out or read as something else.
        ("java\tscript:alert(1)", ONE_PIECE),
        ("https://exam\tple.com/", ONE_PIECE),
        ("https://example.com/a\nb", ONE_PIECE),
        ("https://example.com/\r\nSet-Cookie: a=b", ONE_PIECE),
        ("https://x y.example", WHOLE),
        # Slashes that browsers turn round or add.
        ("https:/\\evil.com", SLASHES),
        ("https:\\\\evil.com", SLASHES),
        ("https://good.example\\@evil.com", SLASHES),
        ("https://good.example\\.evil.com", SLASHES),
        ("\\\\evil.com", SLASHES),
        ("https:/evil.com", WHOLE),
        ("https:evil.com", WHOLE),
        ("https:///evil.com", WHOLE),
        ("//evil.com", WHOLE),
        ("/requests", WHOLE),
        ("evil.com", WHOLE),
        ("https://", WHOLE),
        ("https://?evil.com", WHOLE),
        ("https://#evil.com", WHOLE),
        ("https://good.example\uff0fevil.com", WHOLE),
        ("https://good.example\u2100evil.com", WHOLE),
        ("https://x.example:99999", WHOLE),
        # Hosts spelled so that people read another.
        ("https://ex%61mple.com", LETTERS),
        ("https://good.example%2eevil.com", LETTERS),
        ("https://good.example,evil.com", NOWHERE),
        ("https://good.example&evil.com", NOWHERE),
        ("https://good.example'.evil.com", NOWHERE),
        ("https://a..example", NOWHERE),
        ("https://.example.com", NOWHERE),
        ("https://example.com..", NOWHERE),
        ("https://-a.example", NOWHERE),
        # Hosts that mean another thing to every reader.
        ("http://localhost/", NOWHERE),
        ("http://LOCALHOST:8000/", NOWHERE),
        ("http://x.localhost", NOWHERE),
        ("http://skileez", NOWHERE),
        ("http://com", NOWHERE),
        ("http://router.local", NOWHERE),
        ("http://wiki.internal.", NOWHERE),
        ("http://nas.home.arpa", NOWHERE),
        ("http://127.0.0.1", NOWHERE),
        ("http://0x7f.1", NOWHERE),
        ("http://2130706433", NOWHERE),
        ("http://0177.0.0.1", NOWHERE),
        ("http://127.1", NOWHERE),
        ("http://0", NOWHERE),
        ("http://10.0.0.8", NOWHERE),
        ("http://192.168.1.1", NOWHERE),
        ("http://169.254.169.254/latest/meta-data", NOWHERE),
        ("http://224.0.0.1", NOWHERE),
        ("http://255.255.255.255", NOWHERE),
        ("http://[::1]", NOWHERE),
        ("http://[::ffff:127.0.0.1]", NOWHERE),
        ("http://[64:ff9b::7f00:1]", NOWHERE),
        ("http://[2002:7f00:1::]", NOWHERE),
        ("http://[fe80::1]", NOWHERE),
        ("http://[fd00::1]", NOWHERE),
        ("http://\u2460\u2461\u2466.0.0.1", NOWHERE),  # digits in circles
        # Too long for anybody, and for the table.
        ("https://x.example/" + "x" * 500, "Keep the link under 500 characters."),
        ("https://x.example/" + "ü" * 100, "Keep the link under 500 characters."),
        ("https://" + "x" * 64 + ".example/", NOWHERE),
        ("https://" + "xy." * 84 + "example/", NOWHERE),
    ],
)
def test_a_link_that_leads_elsewhere_or_runs_is_refused_in_words(typed: str, sentence: str):
    with pytest.raises(Wrong) as wrong:
        read_link(typed)
    assert str(wrong.value) == sentence


@pytest.mark.parametrize("control", ["\0", "\x01", "\x0b", "\x1b", "\x7f", "\x85"])
def test_a_link_with_a_control_character_is_refused(control: str):
    for typed in (f"https://x{control}.example/", f"java{control}script:alert(1)"):
        with pytest.raises(Unreadable):
            read_link(typed)


TAKEN = [
    ("https://example.com", "https://example.com/", "example.com"),
    ("HTTP://Example.COM:80/A", "http://example.com/A", "example.com"),
    ("https://example.com./a", "https://example.com/a", "example.com"),
    ("https://example.com.:8443/a", "https://example.com:8443/a", "example.com:8443"),
    ("https://example.com:8443", "https://example.com:8443/", "example.com:8443"),
    ("http://good.com#@evil.com", "http://good.com/#@evil.com", "good.com"),
    ("http://good.com?@evil.com", "http://good.com/?@evil.com", "good.com"),
    ("http://good.com/@evil.com", "http://good.com/@evil.com", "good.com"),
    ("https://youtube.com.evil.com/", "https://youtube.com.evil.com/", "youtube.com.evil.com"),
    ("https://аpple.com", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
    ("https://faß.example", "https://xn--fa-hia.example/", "xn--fa-hia.example"),
    ("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"),
    ("https://ｅｘａｍｐｌｅ．com", "https://example.com/", "example.com"),
    ("https://example。com", "https://example.com/", "example.com"),
    ("https://exam\u00ad\u200bple.com", "https://example.com/", "example.com"),
    (
        "https://good.com\u2044evil.com/",
        "https://good.xn--comevil-3d7c.com/",
        "good.xn--comevil-3d7c.com",
    ),
    ("https://0x5db8d822/", "https://93.184.216.34/", "93.184.216.34"),
    ("https://1572395042/", "https://93.184.216.34/", "93.184.216.34"),
    ("https://[2606:4700::0:1111]", "https://[2606:4700::1111]/", "[2606:4700::1111]"),
    ("https://x.example/\u202egpj.exe", "https://x.example/gpj.exe", "x.example"),
    ("https://\u202emoc.evil.example/", "https://moc.evil.example/", "moc.evil.example"),
    ('https://x.example/"><b>', "https://x.example/%22%3E%3Cb%3E", "x.example"),
    ("https://x.example/a b", "https://x.example/a%20b", "x.example"),
]


@pytest.mark.parametrize(("typed", "stored", "shown"), TAKEN)
def test_the_host_that_is_shown_is_the_one_a_browser_opens(typed: str, stored: str, shown: str):
    assert read_link(typed) == stored
    assert links.host_of(stored) == shown == ada_url.URL(stored).host


HOSTS = st.text(
    st.sampled_from("abcxyz019.-_:@/\\?#%[]&,' \t\u3002\uff0e\u2044\u202e\u200b\u00adаеüß①"),
    max_size=30,
)


@given(st.sampled_from(["https://", "http:", "https:/\\", "//", "HTTPS://good.example"]), HOSTS)
def test_whatever_is_taken_opens_the_host_that_is_shown(beginning: str, rest: str):
    try:
        stored = read_link(beginning + rest)
    except (Wrong, Unreadable):
        return
    opened = ada_url.URL(stored)
    assert opened.protocol in ("http:", "https:") and not opened.username and not opened.password
    assert links.host_of(stored) == opened.host
    assert opened.hostname.isascii() and "." in opened.hostname.strip("[]").replace(":", ".")
    assert read_link(stored) == stored
    authority = stored.split("/")[2]
    assert authority == opened.host  # nothing else stands where people look for the host


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:,x", "ftp://x.example", "", "x"])
def test_what_is_no_link_of_the_web_has_no_host(address: str):
    assert links.host_of(address) == ""


@pytest.mark.parametrize(
    ("address", "icon"),
    [
        ("https://youtube.com/watch?v=1", "youtube"),
        ("https://www.youtube.com/", "youtube"),
        ("https://youtu.be/1", "youtube"),
        ("https://vimeo.com/1", "video"),
        ("https://docs.google.com/document/d/1", "file-text"),
        ("https://drive.google.com/file/d/1", "file-text"),
        ("https://gist.github.com/carla", "github"),
        ("https://gitlab.com/carla", "link"),
        ("https://dribbble.com/carla", "award"),
        ("https://www.linkedin.com/in/carla", "user"),
        ("https://open.spotify.com/show/1", "music"),
        ("https://www.figma.com/file/1", "award"),
        ("https://evil-youtube.com/", "link"),
        ("https://youtube.com.evil.org/", "link"),
        ("https://youtube.evil.org/", "link"),
        ("https://evil.org/youtube.com", "link"),
        ("https://evil.org/#youtube.com", "link"),
        ("https://github.io/", "link"),
        ("https://google.com/", "link"),
        ("https://93.184.216.34/", "link"),
        ("https://[2606:4700::1111]/", "link"),
        ("javascript:alert(1)", "link"),
        ("no link", "link"),
    ],
)
def test_only_the_site_itself_has_its_icon(address: str, icon: str):
    assert links.icon_of(address) == icon


EVIL = "https://evil.example/"


@pytest.mark.parametrize(
    "label",
    [
        "https://youtube.com",
        "Watch at ftp://x",
        "https：／／youtube.com",
        "www.youtube",
        "WWW.YouTube.com",
        "youtube.com",
        "See youtube.com for more",
        "YouTube。com",
        "youtube．com",
        "youtube․com",
        "you\u200btube.com",
        "you\u00adtube\u2060.com",
        "уoutube.com",
        "youtube.com/watch?v=1",
        "youtube.com:443",
        "youtube.com.",
        "(youtube.com)",
        "youtube.com_",
        "evil.example.com",
        "93.184.216.34",
    ],
)
def test_a_name_that_reads_like_another_link_is_found_out(label: str):
    assert links.pretends(label, EVIL)


@pytest.mark.parametrize(
    "label",
    [
        "My introduction", "Node.js course", "slides.pdf", "Version 2.0", "e.g. this", "3.14",
        "Part one. Part two.", "Año 1", "درس ١٠", "evil.example", "Evil.Example", "…", "",
    ],
)  # fmt: skip
def test_a_name_in_words_or_of_the_own_host_is_taken(label: str):
    assert not links.pretends(label, EVIL)


def test_a_name_may_be_the_site_above_the_host():
    assert not links.pretends("youtube.com", "https://www.youtube.com/watch")
    assert links.pretends("www.youtube.com", "https://m.youtube.com/watch")
    assert links.pretends("m.youtube.com", "https://youtube.com/watch")


@pytest.mark.parametrize(
    "typed",
    [
        "https://.",
        "https://./",
        "https://\u3002",
        "http://.:80/",
        "https://.?x",
        "https://\u00ad./",
    ],
)
def test_a_host_of_dots_is_no_host(typed):
    with pytest.raises(links.NotTaken):
        links.read(typed)
