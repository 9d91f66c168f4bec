"""Two databases of the same make and different size, and what is looked for in both."""

import asyncio
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from app.clock import now
from app.controllers.matches import MOST_CANDIDATES
from bench.asking import Answer, Site
from bench.growing import grow
from db.engine import Database
from db.migrate import migrate
from db.models.learning_requests import LearningRequest, RequestSkill, RequestStatus
from db.models.profiles import CoachProfile, CoachSkill
from db.models.proposals import LIVE, Proposal
from db.models.skills import Skill
from db.seeds import load

OPEN_SHARE = 0.6  # of a crowd's requests, at least
PLANTED = 5
MARKED = 30
SEARCHED = "reading"  # the skill that a hot page searches for
SMALL = (1_000, 200)
MADE = 10_000  # requests that are made one by one; more of them are copies

# What only the planted requests and coaches say, ask and cost.
REQUEST = {
    "title": "Quokka portraits at dawn", "skills": "Quokka care, Photography",
    "description": "I would like to take a picture of a quokka before the ferries come, and let it"
    " go on eating meanwhile. I have a camera and patience.",
    "level": "advanced", "format": "few_sessions", "language": "is", "language_level": "basic",
    "budget_from": "900", "budget_to": "990", "currency": "USD", "sessions": "3",
    "action": "publish",
}  # fmt: skip
NOBODYS = "-"  # nobody types a password here
HEADLINE = "Quokka portraits, taken before the ferries come"


@dataclass
class World:
    """One database, its site, and whose pages are opened."""

    name: str
    site: Site
    requests: int
    coaches: int
    people: dict[str, int]
    ids: dict[str, Any]

    def person(self, who: str | None) -> int | None:
        return self.people[who] if who else None


@contextmanager
def world(name: str, database: Database, folder: Path, sizes: tuple[int, int]) -> Iterator[World]:
    """A migrated and filled database (as it was left, if it is there) with somebody signed in."""
    try:
        migrate(database)
        requests, coaches = sizes
        with database.reading() as db:
            is_new = not db.scalar(select(func.count()).select_from(CoachProfile))
        if is_new:
            _fill(name, database, requests, coaches)
        made = _people(name, Site(database, folder), sizes)
        for account in made.people.values():
            made.site.sign_in(account)
        if is_new:
            asyncio.run(_plant(made))
        _tidy(database)
        _check_size(made)
        yield made
    finally:
        database.dispose()


def _fill(name: str, database: Database, requests: int, coaches: int) -> None:
    copies = max(0, -(-requests // MADE) - 1)
    size, coaches = (round(number / (copies + 1)) for number in (requests / OPEN_SHARE, coaches))
    whole = size + coaches
    with click.progressbar(length=whole * (copies + 1), label=f"Filling the {name} one") as bar:
        load.fill(
            database, size, now=now(), password_hash=NOBODYS, coaches=coaches, talks=False,
            progress=lambda done, total: bar.update(done - bar.pos),
        )  # fmt: skip
        grow(database, copies, progress=lambda number: bar.update(whole))


def _people(name: str, site: Site, sizes: tuple[int, int]) -> World:
    """A coach and a student in the middle of the crowd, the same way found in both."""
    with site.database.reading() as db:
        found = db.execute(_answered_by_three())
        wanted, owner, proposal, coach = next(row for row in found if _fits_many(db, row.coach_id))
        handle = db.scalars(
            select(CoachProfile.handle).where(CoachProfile.account_id == coach)
        ).one()
        other = db.scalars(
            select(LearningRequest.student_id)
            .where(LearningRequest.student_id != owner)
            .order_by(LearningRequest.id.desc())
            .limit(1)
        ).one()
        newcomers = db.scalars(
            select(CoachProfile.account_id)
            .where(CoachProfile.account_id != coach)
            .order_by(CoachProfile.account_id)
            .limit(PLANTED)
        ).all()
        several = db.scalars(
            select(Proposal.id).where(Proposal.request_id == wanted, Proposal.status.in_(LIVE))
        ).all()
    people = {"coach": coach, "student": owner, "planter": other}
    people |= {f"coach_{place}": one for place, one in enumerate(newcomers)}
    ids = {"request": wanted, "proposal": proposal, "handle": handle, "proposals": several}
    return World(name, site, *sizes, people, ids)


def _fits_many(db: Session, coach: int) -> bool:
    """Whether as many requests share a skill with this coach, in a small database too, as a list
    in the order of the match looks at: else it would have less to do there. Nor do they teach what
    is searched for, whose number would be known without asking.
    """
    skills = select(CoachSkill.skill_id).where(CoachSkill.account_id == coach)
    known = select(Skill.id).where(Skill.folded == SEARCHED, Skill.id.in_(skills))
    if db.scalar(known):
        return False
    shared = (
        select(LearningRequest.id)
        .join(RequestSkill, RequestSkill.request_id == LearningRequest.id)
        .where(LearningRequest.status == RequestStatus.OPEN, RequestSkill.skill_id.in_(skills))
        .distinct()
        .limit(MOST_CANDIDATES)
    )
    return len(db.scalars(shared).all()) == MOST_CANDIDATES


def _answered_by_three() -> Select[Any]:
    live = (
        select(Proposal.request_id, func.count().label("number"))
        .where(Proposal.status.in_(LIVE))
        .group_by(Proposal.request_id)
        .subquery()
    )
    return (
        select(LearningRequest.id, LearningRequest.student_id, Proposal.id, Proposal.coach_id)
        .join(live, live.c.request_id == LearningRequest.id)
        .join(Proposal, Proposal.request_id == LearningRequest.id)
        .join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
        .where(LearningRequest.status == RequestStatus.OPEN, live.c.number >= 3)
        .where(Proposal.status.in_(LIVE), CoachProfile.review_count == 0)  # the peer shows none
        .order_by(LearningRequest.id, Proposal.id)
    )


async def _plant(made: World) -> None:
    """Put what is rare into it, through the site as people would."""
    for _ in range(PLANTED):
        await _done(made.site, "planter", made, "/requests", REQUEST)
    for place in range(PLANTED):
        who = f"coach_{place}"
        page = await made.site.get(made.people[who], "/profile/coach/headline")
        fields = fields_of(page.text, "/profile/coach/headline") | {"headline": HEADLINE}
        await _done(made.site, who, made, "/profile/coach/headline", fields)
    with made.site.database.reading() as db:
        some = db.scalars(
            select(LearningRequest.id)
            .where(LearningRequest.status == RequestStatus.OPEN)
            .order_by(LearningRequest.id)
            .limit(MARKED)
        ).all()
    for number in some:
        await _done(made.site, "coach", made, f"/requests/{number}/bookmark", {})


async def _done(site: Site, who: str, made: World, path: str, fields: dict[str, Any]) -> Answer:
    answer = await site.post(made.people[who], path, fields)
    if answer.status != 303:
        said = re.sub(r"<[^>]+>|\s+", " ", answer.text)
        raise SystemExit(f"{path} was answered {answer.status} while planting: {said[:2000]}")
    return answer


def fields_of(page: str, action: str) -> dict[str, str]:
    """What the form with this action holds: plain fields and texts."""
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.DOTALL)
    if form is None:
        return {}
    inputs = re.findall(r"<input\b([^>]*)>", form[0])
    found = {_attribute(one, "name"): _attribute(one, "value") for one in inputs}
    for about, said in re.findall(r"<textarea\b([^>]*)>(.*?)</textarea>", form[0], re.DOTALL):
        found[_attribute(about, "name")] = html.unescape(said.removeprefix("\n"))
    found.pop("", None)
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def _tidy(database: Database) -> None:
    # What autovacuum does on a server that has run for more than a minute.
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE"))


def _check_size(made: World) -> None:
    with made.site.database.reading() as db:
        is_open = LearningRequest.status == RequestStatus.OPEN
        requests = db.scalar(select(func.count()).select_from(LearningRequest).where(is_open)) or 0
        coaches = db.scalar(select(func.count()).select_from(CoachProfile)) or 0
    click.echo(f"{made.name}: {requests:,} open requests, {coaches:,} coaches")
    if requests < made.requests or coaches < made.coaches:
        raise SystemExit(f"The {made.name} database is too small; remove it.")
