"""Matrix B, proved: a student with something of her own in every field, looked for everywhere.

What the table says is found nowhere is on no page, in no fragment, title, header or mail.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from db.models.languages import StudentLanguage
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import OutgoingMail
from db.models.pictures import PictureKind
from db.models.profiles import StudentProfile
from db.models.reports import Report
from db.models.session_states import SessionStatus
from tests.access.matrix_b import TABLE
from tests.access.readers import Scene, notices, people, staff
from tests.conftest import settings_for
from tests.factories import (
    make_language,
    make_skill,
)
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.mailbox import Mailbox
from tests.profile_factories import make_picture, make_student_skill
from tests.thorough import THOROUGH
from tests.worlds import World

HOME = ("/dashboard", "/messages", "/requests", "/proposals", "/bookmarks", "/invitations",
        "/notices")  # fmt: skip
COLUMNS = ("facts", "first", "rest", "email")
EMAIL, SKILL = "canarymail@skileez.example", "Canaryskill"
MOST_LINKS = 12
# These open every page there is, usually the first of them alone; the others those about her, and
# what links lead to from home.
OF_EVERYTHING = ("coach with a proposal, wrote", "another student", "staff")
# What people call a skill stands there without whose it is.
NOBODYS = ("/static/", "/admin/skills")
LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
NAMED = re.compile(r"Nepal, \d\d?:\d\d")


@pytest.fixture
def settings(database: Any, tmp_path: Any) -> Any:
    """Not the demo's, which shows everybody's mail."""
    return settings_for(database, tmp_path, DEMO="0")


def table() -> dict[str, dict[str, bool]]:
    found = {}
    for line in TABLE.strip().splitlines()[1:]:
        words = line.split()
        name, cells = " ".join(words[:-4]), words[-4:]
        found[name] = {column: cell == "yes" for column, cell in zip(COLUMNS, cells, strict=True)}
    return found


def settle(db: Any) -> None:
    """Leave nothing to staff that names somebody: who sends a mail on sees to whom it goes, and of
    who opens a report, or a session about which something was reported, a note is kept."""
    db.query(OutgoingMail).delete()
    db.query(Report).delete()
    settled = {"status": SessionStatus.COMPLETED, "reported_by": None, "reported_at": None}
    db.query(LearningSession).filter(LearningSession.reported_at.is_not(None)).update(settled)


@pytest.fixture
def scene(db: Any, world: World) -> Scene:
    settle(db)
    student = world.people["sofia"]
    student.first_name, student.last_name = "Canaryfirst", "Canarylast"
    student.email = student.email_folded = EMAIL
    student.country, student.time_zone = "NP", "Asia/Kathmandu"
    for entry in db.query(StudentLanguage).filter_by(account_id=student.id):
        db.delete(entry)
    make_language(db, student, "xcanary")  # one that no list of languages offers
    make_skill(db, SKILL, topic="")  # of her own invention
    make_student_skill(db, student, SKILL)
    picture = make_picture(db, student, PictureKind.STUDENT)
    profile = db.get(StudentProfile, student.id)
    profile.bio, profile.goal, profile.picture_id = "Canarybio", "Canarygoal", picture.id
    secrets = {
        "facts": {"Nepal": "country", "xcanary": "language"},
        "first": {"Canaryfirst": "first name"},
        "rest": {
            "Canarylast": "last name", "Canarybio": "bio", "Canarygoal": "goal", SKILL: "skill",
            picture.token: "picture",
        },
        "email": {"canarymail": "email"},
    }  # fmt: skip
    told = Scene(db, student, secrets, {"herself": student, "another student": world.people["sam"]})
    told.addresses += [
        f"/students/{student.id}", f"/pictures/{picture.token}", "/skills?q=canary",
        "/skills?q=canaryski", "/coaches?q=canaryfirst", "/requests?q=canarygoal",
        f"/requests?skill={SKILL.lower()}",
    ]  # fmt: skip
    told.addresses += HOME
    told.samples = [
        SAMPLES[route.name][0].format(**world.ids)
        for route in all_routes()
        if not route.writes and not route.name.startswith(("static", "health"))
    ]
    people(told)
    staff(told)
    notices(told)
    return told


def asker(browser: Any) -> Callable[..., Any]:
    """The bare answers, as a browser gets them that has been here before."""
    cookies = "; ".join(
        f"{name}={value}" for name, value in {**browser.cookies, "seen": "1"}.items()
    )

    def ask(path: str, **headers: str) -> Any:
        headers = {"Cookie": cookies, **headers}
        return browser.client.get(path, headers=headers, follow_redirects=False)

    return ask


def all_that_is_read(browser: Any, addresses: list[str]) -> str:
    """Every page, every fragment and every header that this person gets, wherever links lead."""
    ask, waiting, opened, read = asker(browser), list(addresses), set(), []
    most = len(addresses) + MOST_LINKS
    while waiting and len(opened) < most:
        path = waiting.pop(0)
        if path in opened or path.startswith(NOBODYS):
            continue
        opened.add(path)
        answer = ask(path)
        assert answer.status_code < 500, path
        read.append(f"{answer.headers}")
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        part = ask(path, **{"HX-Request": "true", "HX-Request-Type": "partial"})
        read += [answer.text, part.text, f"{part.headers}"]
        waiting += [found.replace("&amp;", "&") for found in LINK.findall(answer.text)]
    return "\n".join(read)


def test_each_reader_finds_what_the_table_says_and_nothing_else(browser: Any, scene: Scene) -> None:
    wrong = []
    for name, cells in table().items():
        person = scene.readers.get(name)
        asking = browser.as_(person) if person else browser.as_guest()
        asking.settle()
        more = scene.samples if name in (OF_EVERYTHING if THOROUGH else OF_EVERYTHING[:1]) else []
        read = all_that_is_read(asking, [*scene.addresses, *more])
        for column, secrets in scene.secrets.items():
            for canary, what in secrets.items():
                found = re.search(rf"{canary}\b", read)
                if bool(found) != cells[column]:
                    around = read[max(found.start() - 80, 0) :][:140] if found else ""
                    wrong.append(f"{name}: {what if found else 'no ' + what} {around!r}")
        if bool(NAMED.search(read)) != cells["rest"]:
            wrong.append(f"{name}: the time where she is")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_picture_itself_is_for_the_same_readers(browser: Any, scene: Scene) -> None:
    [token] = [canary for canary, what in scene.secrets["rest"].items() if what == "picture"]
    wrong = []
    for name, cells in table().items():
        person = scene.readers.get(name)
        asking = browser.as_(person) if person else browser.as_guest()
        asking.settle()
        if (asker(asking)(f"/pictures/{token}").status_code == 200) != cells["rest"]:
            wrong.append(name)
    assert not wrong


def test_a_mail_holds_what_its_reader_may_know_and_its_subject_nothing(
    scene: Scene, settings: Any, database: Any, db: Any
) -> None:
    readers = {person.email: table()[name] for name, person in scene.readers.items()}
    named = 0
    for letter in Mailbox(settings, database, db).letters():
        may = readers.get(letter.to, dict.fromkeys(COLUMNS, False))
        for column, secrets in scene.secrets.items():
            for canary in secrets:
                assert canary not in letter.subject or letter.to == EMAIL
                assert may[column] or canary not in letter.text + letter.html, letter.subject
        named += "Canaryfirst has written" in letter.text
    assert named
