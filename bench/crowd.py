"""What is asked of the servers: a world with people signed in, and many threads to write in."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from sqlalchemy import Column, func, insert, inspect, select
from sqlalchemy.orm import Session

from app.tokens import hashed
from bench.world import SMALL, World, world
from db.engine import Database
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from tests.factories import make_coach, make_sign_in, make_student, make_thread

SIDE = {
    "navigate": "sec-fetch-mode: navigate\r\nsec-fetch-dest: document\r\n",
    "part": "hx-request: true\r\nhx-request-type: partial\r\nsec-fetch-mode: cors\r\n"
    "sec-fetch-dest: empty\r\n",
}


@dataclass
class Crowd:
    """The questions of each work, one list for each asker."""

    lists: list[list[bytes]]
    profiles: list[list[bytes]]
    polls: list[list[bytes]]
    messages: list[list[bytes]]
    bookmarks: list[list[bytes]]


def crowd(database: Database, folder: Path, threads: int, askers: int) -> Crowd:
    """Fill an empty database, and say what to ask of it."""
    with world("the crowd's", database, folder, SMALL) as made, database.writing() as db:
        coaches = _signed(db, _coaches(db, askers))
        open_ = db.scalars(
            select(LearningRequest.id)
            .where(LearningRequest.status == RequestStatus.OPEN)
            .order_by(LearningRequest.id.desc())
            .limit(askers)
        ).all()
        talks = filled(db, threads)
        cookies = {one: cookie.partition("=")[2].split(";")[0] for one, cookie in _cookies(made)}
        coach, student = (cookies[made.people[one]] for one in ("coach", "student"))
        profile = f"/coaches/{made.ids['handle']}"
        return Crowd(
            [[question("GET", "/requests", coach)]] * askers,
            [[question("GET", profile, student)]] * askers,
            # In those of the polls nobody writes, or they would be told something.
            [[poll(number, token)] for number, token in talks[::2]],
            [[message(*talk, place) for place, talk in enumerate(talks[1::2][n::askers])]
             for n in range(askers)],
            [[mark(request, token, word) for word in ("bookmark", "unbookmark")]
             for request, token in zip(open_, coaches, strict=True)],
        )  # fmt: skip


def _cookies(made: World) -> Sequence[tuple[int, str]]:
    return list(made.site.cookies.items())


def _coaches(db: Session, number: int) -> Sequence[int]:
    return db.scalars(
        select(CoachProfile.account_id)
        .where(CoachProfile.status == CoachStatus.APPROVED)
        .order_by(CoachProfile.account_id.desc())
        .limit(number)
    ).all()


def _signed(db: Session, people: Sequence[int]) -> list[str]:
    tokens = []
    for one in people:
        tokens.append(secrets.token_urlsafe(32))
        make_sign_in(db, db.get_one(Account, one), token_hash=hashed(tokens[-1]))
    return tokens


def filled(db: Session, threads: int) -> list[tuple[int, str]]:
    """So many open threads, each its student's: their numbers, and the students' tokens."""
    tokens = [secrets.token_urlsafe(32) for _ in range(threads)]
    coach, student = make_coach(db), make_student(db)
    sign_in = make_sign_in(db, student)
    thread = make_thread(db, student, coach, last_number=20, student_read=20, coach_read=20)
    db.flush()
    last = (db.scalar(select(func.max(one.id))) or 0 for one in (Account, SignIn, Thread))
    first = max(last) + 1
    people = [
        dict(copied(student), id=first + n, email=f"{n}@x.example", email_folded=f"{n}@x.example")
        for n in range(threads)
    ]
    signed = [
        dict(copied(sign_in), id=first + n, account_id=first + n, token_hash=hashed(token))
        for n, token in enumerate(tokens)
    ]
    opened = [dict(copied(thread), id=first + n, student_id=first + n) for n in range(threads)]
    for model, rows in ((Account, people), (SignIn, signed), (Thread, opened)):
        db.execute(insert(model), rows)
    return [(first + n, token) for n, token in enumerate(tokens)]


def copied(thing: Any) -> dict[str, Any]:
    """What a row says, for more of its kind."""
    return {
        column.key: getattr(thing, column.key)
        for column in inspect(thing).mapper.columns
        if isinstance(column, Column)
    }


def poll(thread_id: int, token: str) -> bytes:
    """A poll as the page of a thread sends it."""
    told = f"hx-ptag: 20.20.1\r\nhx-current-url: http://bench/messages/{thread_id}\r\n"
    return question("GET", f"/messages/{thread_id}/new", token, kind="part", more=told)


def message(thread_id: int, token: str, place: int) -> bytes:
    """A message of words that nobody else has sent."""
    own = "".join(secrets.choice(ascii_lowercase) for _ in range(12))  # no number to be called at
    words = f"text=Thursday+at+six+would+suit+me+well,+{own},+said+{place % 100}"
    return question("POST", f"/messages/{thread_id}", token, kind="part", body=words)


def mark(request_id: int, token: str, word: str) -> bytes:
    """The ribbon beside a request, pressed."""
    return question("POST", f"/requests/{request_id}/{word}", token, kind="part")


def question(
    method: str, path: str, token: str, *, kind: str = "navigate", more: str = "", body: str = ""
) -> bytes:
    """A request as a browser sends it."""
    if method == "POST":
        more += f"origin: http://bench\r\ncontent-length: {len(body)}\r\n"
        more += "content-type: application/x-www-form-urlencoded\r\n"
    return (
        f"{method} {path} HTTP/1.1\r\nhost: bench\r\n"
        "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140\r\n"
        "accept: text/html\r\naccept-language: en\r\n"
        f"cookie: seen=1; __Host-session={token}\r\n{more}{SIDE[kind]}"
        f"sec-fetch-site: same-origin\r\n\r\n{body}"
    ).encode()
