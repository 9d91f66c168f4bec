"""Forms with pictures: what may come in, what becomes of it, and what can be wrong with it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import select

from app.forms.form import NOT_OFFERED
from app.main import create_app
from app.pictures import LARGEST_FILE, NO_PICTURE, TOO_LARGE
from app.web.uploads import LARGEST_UPLOAD, MOST_AT_ONCE
from db.models.parked_forms import ParkedForm
from db.models.pictures import Picture
from tests.browser import HOME, multipart
from tests.drawings import RED, alike, drawn, seen
from tests.web.probe import Probe

HERE = "/probe/picture"
OURS = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
KIND = "multipart/form-data; boundary=x"
NAME = 'Content-Disposition: form-data; name="name"\r\n\r\nSofi'
FILE = 'Content-Disposition: form-data; name="picture"; filename="me.jpg"\r\n\r\n'


@pytest.fixture
def app(settings: Any, database: Any) -> Any:
    return create_app(settings, database, [Probe])


@pytest.fixture
def stored(db: Any) -> Any:
    def pictures() -> list[Picture]:
        db.expire_all()
        return list(db.scalars(select(Picture)))

    return pictures


def parts(*parts: str | bytes, end: bytes = b"--x--\r\n") -> bytes:
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(b"--x\r\n" + part + b"\r\n" for part in encoded) + end


def send(browser: Any, body: bytes | Iterator[bytes], kind: str = KIND, **headers: str) -> Any:
    """This very body; looked over like every answer."""
    cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    browser.settle()
    answer = browser.client.post(
        HERE, content=body, headers={**OURS, "Content-Type": kind, **cookies, **headers},
        follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code < 500, answer.text
    return answer


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_sofia_sends_her_name_and_a_picture(browser, sofia, stored, db, way):
    sending = getattr(browser.as_(sofia), way)
    answer = sending.post(HERE, {"name": "Sofía"}, files={"picture": ("me.jpg", drawn())})
    assert answer.leads_to("/probe/done")
    [picture] = stored()
    assert picture.account_id == sofia.id
    assert alike(seen(picture.content).getpixel((9, 9)), RED)
    assert sofia.first_name == "Sofía"


@pytest.mark.parametrize("files", [None, {}, {"picture": ("", b"")}])
def test_nobody_is_required_to_send_a_picture(browser, sofia, stored, files):
    assert browser.as_(sofia).post(HERE, {"name": "Sofi"}, files=files).leads_to("/probe/done")
    assert not stored()
    assert sofia.first_name == "Sofi"


def test_what_is_no_picture_is_said_with_all_else_that_is_wrong(browser, sofia, stored):
    trap = FILE + "<script>alert(1)</script>"
    answer = send(browser.as_(sofia), parts(NAME.replace("Sofi", "S"), trap))
    assert answer.status_code == 422
    assert "S: " in answer.text
    assert "at least 2" in answer.text
    assert NO_PICTURE in answer.text
    right = send(browser.as_(sofia), parts(NAME, trap))
    assert right.status_code == 422
    assert f"Sofi:  {NO_PICTURE}" in right.text
    assert not stored()


def test_a_picture_over_8_mb_is_refused_and_the_rest_of_the_form_kept(browser, sofia):
    heavy = FILE.encode() + drawn() + bytes(LARGEST_FILE)
    answer = send(browser.as_(sofia), parts(NAME, heavy))
    assert answer.status_code == 422
    assert f"Sofi:  {TOO_LARGE}" in answer.text


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_larger_than_any_picture_is_refused_in_words(browser, sofia, announced):
    kind, body = multipart({"name": "Sofi"}, {"picture": ("me.jpg", bytes(LARGEST_UPLOAD))})

    def in_pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    answer = send(browser.as_(sofia), body if announced else in_pieces(), kind)
    assert answer.status_code == 413
    assert "8 MB" in answer.text


def test_only_where_a_picture_is_taken_may_one_be_sent(browser, sofia):
    kind, body = multipart({"name": "Sofi"}, {"picture": ("me.jpg", drawn())})
    asking = browser.as_(sofia)
    for path in ("/probe/rename", "/probe/picture/", "/probe/pictur", "/nowhere", "/"):
        assert asking.send("POST", path, body, headers={**OURS, "Content-Type": kind}).status == 415
    large = b"name=" + b"x" * 70_000
    answer = send(asking, large, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "64 KB" in answer.text
    assert send(asking, b"{}", "application/json").status_code == 415


LONG = "x" * 70_000
WRONG = {
    "no boundary": (parts(NAME), "multipart/form-data"),
    "an empty boundary": (parts(NAME), "multipart/form-data; boundary="),
    "another boundary": (parts(NAME), "multipart/form-data; boundary=y"),
    "an odd boundary": (parts(NAME), "multipart/form-data; boundary=\xe9\xff"),
    "nothing": (b"", KIND),
    "no end": (parts(NAME, end=b""), KIND),
    "half an end": (parts(NAME, end=b"--x-"), KIND),
    "a torn file": (parts(NAME, end=b"--x\r\n") + FILE.encode() + b"\xff\xd8", KIND),
    "no heading": (parts("Sofi"), KIND),
    "an empty part": (parts(""), KIND),
    "another disposition": (parts(NAME.replace("form-data", "attachment")), KIND),
    "no name": (parts(NAME, 'Content-Disposition: form-data\r\n\r\n1'), KIND),
    "no text": (parts(b'Content-Disposition: form-data; name="name"\r\n\r\n\xff\xfe'), KIND),
    "a name that is no text": (parts(NAME.encode().replace(b"name=", b"name=\xff")), KIND),
    "a long heading": (parts(NAME.replace("name=", f"a={LONG}; name=")), KIND),
    "many headings": (parts("X-A: 1\r\n" * 20 + NAME), KIND),
    "101 fields": (parts(*[NAME.replace('"name"', f'"n{n}"') for n in range(101)]), KIND),
    "two pictures": (parts(NAME, FILE + "a", FILE + "b"), KIND),
    "a file nobody asked for": (parts(NAME, FILE.replace("picture", "cv")), KIND),
    "a name as a file": (parts(FILE.replace("picture", "name") + "Sofi"), KIND),
    "a picture as text": (parts(NAME, NAME.replace('"name"', '"picture"')), KIND),
    "a form in the form": (
        parts(NAME, "Content-Type: multipart/mixed; boundary=z\r\n"
        + FILE.replace("picture", "a") + "--z\r\n" + FILE + "1\r\n--z--"), KIND),
    "a wrong length": (parts(f"Content-Length: 9\r\n{NAME}"), KIND),
    "words in front": (b"hello" + parts(NAME), KIND),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_form_of_ours_is_refused_in_words(browser, sofia, stored, case):
    body, kind = WRONG[case]
    answer = send(browser.as_(sofia), body, kind.encode("latin-1"))
    assert answer.status_code == 400
    assert "We could not read that" in answer.text
    assert not stored()


def test_too_much_text_is_refused_in_words(browser, sofia):
    answer = send(browser.as_(sofia), parts(f"{NAME.replace('Sofi', LONG)}"))
    assert answer.status_code == 413
    assert "64 KB" in answer.text


def test_a_field_twice_is_one_mistake_of_the_form(browser, sofia):
    assert send(browser.as_(sofia), parts(NAME, NAME)).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\\\me.jpg",
        "a\0b.jpg",
        "x" * 3000,
        "%00%0d%0a",
        "é.jpg",
        "-rf",
        "con",
    ],
)
def test_what_a_file_is_called_does_nothing(browser, sofia, stored, tmp_path, name):
    before = set(tmp_path.rglob("*"))
    heading = FILE.replace("me.jpg", name)
    answer = send(browser.as_(sofia), parts(NAME, heading.encode() + drawn()))
    assert answer.status_code == 303
    assert len(stored()) == 1
    assert not [path for path in set(tmp_path.rglob("*")) - before if path.suffix != ".lock"]


FORM = parts(NAME, FILE.encode() + drawn(size=(8, 8)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=strategies.lists(
        strategies.tuples(strategies.integers(0, len(FORM)), strategies.binary(max_size=6)),
        max_size=4,
    )
)
def test_no_body_breaks_anything(browser, sofia, cuts):
    body = FORM
    for at, more in cuts:
        body = body[:at] + more + body[at + 2 * len(more) :]
    assert send(browser.as_(sofia), body).status_code in (303, 400, 413, 422)


def test_the_text_of_a_form_that_comes_too_late_is_parked_and_the_picture_let_go(
    browser, sofia, db, stored
):
    asking = browser.as_guest()
    answer = asking.post(HERE, {"name": "Sofi"}, files={"picture": ("me.jpg", drawn())})
    assert answer.asks_to_sign_in
    [form] = db.scalars(select(ParkedForm))
    assert form.fields == {"name": ["Sofi"]}
    assert not stored()
    # Nor does a picture that cannot be read make a difference to who has not signed in.
    trap = asking.post(HERE, {"name": "Sofi"}, files={"picture": ("me.jpg", b"no picture")})
    assert trap.asks_to_sign_in


def test_the_same_form_with_another_picture_is_another_form(browser, sofia, stored):
    keyed = {"name": "Sofi", "form_key": "abc"}
    asking, red = browser.as_(sofia), drawn()
    for _ in range(2):
        assert asking.post(HERE, keyed, files={"picture": ("a.jpg", red)}).leads_to("/probe/done")
    assert len(stored()) == 1
    other = asking.post(HERE, keyed, files={"picture": ("a.jpg", drawn(size=(20, 90)))})
    assert other.is_conflict


def test_when_many_pictures_arrive_at_once_the_next_one_waits_with_its_words(browser, app, sofia):
    uploads = app.app.state.uploads
    uploads.arriving = MOST_AT_ONCE
    answer = browser.as_(sofia).post(HERE, {"name": "Sofi"}, files={"picture": ("a", drawn())})
    assert answer.status == 503
    assert answer.says("Sofi")
    uploads.arriving = 0
    for _ in range(MOST_AT_ONCE + 1):  # each gives its place back, whatever becomes of it
        assert send(browser.as_(sofia), b"no form").status_code == 400
    assert uploads.arriving == 0


def test_nobody_waits_for_sofias_picture(browser, app, real_database, sofia, sam):
    line = app.app.state.threads.pictures
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go_on.wait(20)

    held = line.thread.submit(hold)
    begun.wait(10)
    sending, other = browser.as_(sofia), browser.as_(sam)
    with ThreadPoolExecutor(1) as threads:
        picture = {"picture": ("me.jpg", drawn())}
        waiting = threads.submit(sending.post, HERE, {"name": "Sofi"}, files=picture)
        try:
            while not line.length:
                threading.Event().wait(0.01)
            assert other.post("/probe/rename", {"name": "Sammy"}).leads_to("/probe/done")
            assert not waiting.done()
        finally:
            go_on.set()
        assert waiting.result(30).leads_to("/probe/done")
    held.result()


def test_a_field_that_is_not_offered_is_said_to_be(browser, sofia):
    answer = browser.as_(sofia).post(HERE, {"name": "Sofi"}, files={"cv": ("cv.pdf", b"%PDF")})
    assert answer.status == 400
    assert answer.says(NOT_OFFERED)
