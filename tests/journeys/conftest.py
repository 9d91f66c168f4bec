"""What stands for the samples' names in the demo world, and people who sign in only once."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.clock import now
from db.engine import Database
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import MailStatus
from db.models.payments import Payment
from db.models.portfolio_items import PortfolioItem
from db.models.proposals import Proposal
from db.models.reports import Report
from db.models.reviews import Review
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from tests.chromium import sign_in
from tests.factories import PASSWORD, make_mail
from tests.patience import until

Open = Callable[..., Any]


NAMES = {"coach": "carla-ruiz", "invitee": "dora-lindqvist", "sitemap": "1.xml"}
NAMES |= dict.fromkeys(("step", "part"), "goal") | {"side": "student"}


@pytest.fixture(scope="session")
def world(site: Any) -> Iterator[Database]:
    """The database of the site, for what no page does."""
    database = Database(site.database_url)
    yield database
    database.dispose()


STANDING = {"contract": "active", "paused_contract": "paused"}


@pytest.fixture(scope="session")
def ids(site: Any, world: Database) -> dict[str, Any]:
    """What stands for each name in the samples' addresses, in the demo world."""
    return names_in(site, world)


def names_in(site: Any, world: Database) -> dict[str, Any]:
    """The same for any site that serves the demo world."""
    with world.reading() as db:

        def person(name: str) -> int:
            found = select(Account.id).where(Account.email == f"{name}@skileez.example")
            return db.scalars(found).one()

        def request(status: str, *, of: int | None = None) -> int:
            found = select(LearningRequest.id).filter_by(status=status)
            found = found.where(LearningRequest.student_id == of) if of else found
            return db.scalars(found.order_by(LearningRequest.id)).first() or 0

        sofia, carla = person("sofia"), person("carla")
        wanted = request("open", of=sofia)
        proposal = select(Proposal.id).filter_by(request_id=wanted, coach_id=carla)
        thread = select(Thread.id).filter_by(student_id=sofia, coach_id=carla)
        return {
            "request": wanted,
            **{name: request(name, of=sofia) for name in ("draft", "filled")},
            "strange": db.scalar(select(func.max(LearningRequest.id)).filter_by(status="open")),
            "proposal": db.scalars(proposal).one(),
            "thread": db.scalars(thread).one(),
            **agreed(db, sofia, carla),
            "reported_session": session(db, person("sam"), "no_show_coach"),
            "report": report(db, "open"),
            "suspension": report(db, "closed"),
            "student": sofia,
            **NAMES,
            "applicant": person("petra"),
            "experience": entry(db, Experience, of=carla),
            "education": entry(db, Education, of=carla),
            "portfolio_item": entry(db, PortfolioItem, of=carla),
            "coach_language": entry(db, CoachLanguage, of=carla),
            "student_language": entry(db, StudentLanguage, of=sofia),
            "demo_mail": delivered(site, world),
            **secret_keys(world),
        }


def agreed(db: Any, student_id: int, coach_id: int) -> dict[str, int]:
    """Contracts of a student, and their sessions, payments and reviews."""
    return {
        **{one: contract(db, student_id, status) for one, status in STANDING.items()},
        "session": session(db, student_id, "ended"),
        "past_session": session(db, student_id, "ended"),
        "counted_session": session(db, student_id, "completed"),
        "payment": payment(db, student_id),
        **reviews(db, student_id, coach_id),
    }


def contract(db: Any, student_id: int, status: str) -> int:
    """The first contract of a student that stands like this."""
    found = select(Contract.id).filter_by(student_id=student_id, status=status)
    return db.scalars(found.order_by(Contract.id)).first() or 0


def session(db: Any, student_id: int, status: str) -> int:
    """The first session of a student that stands like this."""
    found = select(LearningSession.id).filter_by(student_id=student_id, status=status)
    return db.scalars(found.order_by(LearningSession.id)).first() or 0


def reviews(db: Any, student_id: int, coach_id: int) -> dict[str, int]:
    """A contract to review, and a review to reply to."""
    return {"ended_contract": unreviewed(db, student_id), "review": review(db, coach_id)}


def unreviewed(db: Any, student_id: int) -> int:
    """A contract that ended a short while ago, and that its student has not reviewed."""
    wrote = select(Review.contract_id).where(Review.author_id == student_id)
    over = (Contract.student_id == student_id, Contract.ended_at.is_not(None))
    found = select(Contract.id).where(*over, Contract.id.not_in(wrote))
    return db.scalars(found.order_by(Contract.ended_at.desc())).first() or 0


def review(db: Any, coach_id: int) -> int:
    """One of a coach that can be replied to."""
    found = select(Review.id).where(Review.about_id == coach_id, Review.side == "student")
    mine = found.where(Review.published_at.is_not(None), Review.reply == "")
    return db.scalars(mine.order_by(Review.published_at.desc())).first() or 0


def payment(db: Any, student_id: int) -> int:
    """The first of a student's that nobody has marked."""
    found = select(Payment.id).join(Contract, Contract.id == Payment.contract_id)
    due = found.where(Contract.student_id == student_id, Payment.status == "due")
    return db.scalars(due.order_by(Payment.id)).first() or 0


def report(db: Any, status: str) -> int:
    """The first report that stands like this."""
    found = select(Report.id).filter_by(status=status).order_by(Report.id)
    return db.scalars(found).first() or 0


def entry(db: Any, model: Any, *, of: int) -> int:
    """The first entry of somebody's list."""
    found = select(model.id).filter_by(account_id=of).order_by(model.position, model.id)
    return db.scalars(found).first() or 0


def secret_keys(database: Database) -> dict[str, str]:
    """The secrets in addresses: of a mail, and Sofia's way out of mails and private feed."""
    with database.writing() as db:
        sofia = db.query(Account).filter_by(email="sofia@skileez.example").one()
        sofia.mail_key = sofia.mail_key or secrets.token_urlsafe(32)
        sofia.calendar_key = sofia.calendar_key or secrets.token_urlsafe(32)
        own = {"mail_key": sofia.mail_key, "calendar_key": sofia.calendar_key}
        return {"secret": secrets.token_urlsafe(32)} | own


def delivered(site: Any, database: Database) -> str:
    """The name of a mail the site has delivered; another one waits for staff."""
    with database.writing() as db:
        sofia = db.query(Account).filter_by(email="sofia@skileez.example").one()
        make_mail(db, sofia)
        make_mail(db, sofia, status=MailStatus.SET_ASIDE, attempts=6, problem="It is too late.")
    file, *_ = until(lambda: list((site.folder / "mail").glob("*.eml")))
    return str(file.stem)


@pytest.fixture(scope="session")
def keys() -> dict[str, Any]:
    """The cookies of who has signed in before, so that each does it once."""
    return {}


@pytest.fixture
def open_as(open_browser: Open, keys: dict[str, Any], world: Database) -> Open:
    """A page of somebody's browser, in which nothing moves and no password is asked for again."""
    with world.writing() as db:
        db.execute(update(SignIn).values(proved_at=now()))

    def open_for(who: str, **options: Any) -> Any:
        options.setdefault("reduced_motion", "reduce")
        if who == "guest":
            return open_browser(**options)
        if who not in keys:
            page = open_browser()
            (sign_up if who.startswith("new ") else sign_in)(page, who)
            keys[who] = page.context.storage_state()
        return open_browser(storage_state=keys[who], **options)

    return open_for


@pytest.fixture
def thread(open_as: Open) -> tuple[Any, Any]:
    """Sam's page of a thread with Carla, and Carla's on her phone."""
    sam, carla = open_as("sam"), open_as("carla", device="phone")
    sam.goto("/coaches/carla-ruiz/message")
    if sam.url.endswith("/message"):
        sam.fill("#text", "Do you teach beginners?")
        sam.get_by_role("button", name="Send message").click()
        sam.wait_for_url("**/messages/*")
    carla.goto(sam.url)
    return sam, carla


def sign_up(page: Any, who: str) -> None:
    """Somebody who has done nothing yet; a coach has both sides."""
    email = f"{who.replace(' ', '-')}@skileez.example"
    page.goto("/sign-up")
    page.get_by_label("First name").fill("Nia")
    page.get_by_label("Last name").fill("Abernathy-Featherstonehaugh")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.check(f"[name=intent][value={'teach' if who == 'new coach' else 'learn'}]")
    page.check("[name=adult]")
    page.locator("main form button:not([type=button])").click()
    page.wait_for_url("**/sign-in?*")
    sign_in(page, email)
