"""The tables as Flask-SQLAlchemy's models, read from the database, with relations."""

import os
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, event

from db.types import Instant

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["FLASK_DATABASE"]
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 20}
db = SQLAlchemy(app)
TABLES = (
    "accounts", "sign_ins", "blocks", "threads", "messages", "notices", "skills", "related_skills",
    "coach_profiles", "coach_skills", "coach_languages", "student_languages", "learning_requests",
    "learning_request_skills", "proposals", "bookmarks", "reviews", "portfolio_items",
    "portfolio_links", "portfolio_skills", "experiences", "educations", "invitations",
)  # fmt: skip


@event.listens_for(db.metadata, "column_reflect")
def use_aware_times(inspector: Any, table: Any, column: dict[str, Any]) -> None:
    if isinstance(column["type"], DateTime):
        column["type"] = Instant()


@event.listens_for(Engine, "connect")
def keep_what_is_acknowledged(connection: Any, _: Any) -> None:
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        for pragma in ("busy_timeout = 15000", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")


with app.app_context():
    db.metadata.reflect(db.engine, only=TABLES)
tables = db.metadata.tables


class Account(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["accounts"]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class SignIn(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["sign_ins"]
    account = db.relationship(Account)


class Block(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["blocks"]


class Notice(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["notices"]


class Thread(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["threads"]
    student = db.relationship(Account, foreign_keys=[__table__.c.student_id])
    coach = db.relationship(Account, foreign_keys=[__table__.c.coach_id])


class Message(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["messages"]


class Skill(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["skills"]


class RelatedSkill(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["related_skills"]


class CoachSkill(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["coach_skills"]
    skill = db.relationship(Skill)


class CoachLanguage(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["coach_languages"]


class StudentLanguage(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["student_languages"]


class RequestSkill(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["learning_request_skills"]
    skill = db.relationship(Skill)


class LearningRequest(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["learning_requests"]
    student = db.relationship(Account)
    skills = db.relationship(RequestSkill, order_by=RequestSkill.position)
    spoken = db.relationship(
        StudentLanguage,
        primaryjoin=(__table__.c.student_id == db.foreign(StudentLanguage.account_id)),
        viewonly=True, uselist=True,
    )  # fmt: skip


class Proposal(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["proposals"]


class Bookmark(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["bookmarks"]


class Invitation(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["invitations"]


class Review(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["reviews"]


class PortfolioLink(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["portfolio_links"]


class PortfolioSkill(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["portfolio_skills"]
    skill = db.relationship(Skill)


class PortfolioItem(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["portfolio_items"]
    links = db.relationship(PortfolioLink, order_by=PortfolioLink.position)
    skills = db.relationship(PortfolioSkill, order_by=PortfolioSkill.position)


class Experience(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["experiences"]


class Education(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["educations"]


def _of_coach(model: Any, order: Any, *conditions: Any) -> Any:
    own = tables["coach_profiles"].c.account_id == db.foreign(model.account_id)
    return db.relationship(
        model, primaryjoin=db.and_(own, *conditions), order_by=order, viewonly=True, uselist=True
    )


class CoachProfile(db.Model):  # type: ignore[name-defined, misc]
    __table__ = tables["coach_profiles"]
    account = db.relationship(Account, foreign_keys=[__table__.c.account_id])
    skills = _of_coach(CoachSkill, CoachSkill.position)
    languages = _of_coach(CoachLanguage, CoachLanguage.position, CoachLanguage.removed_at.is_(None))
    items = _of_coach(PortfolioItem, PortfolioItem.position, PortfolioItem.removed_at.is_(None))
    experiences = _of_coach(Experience, Experience.started.desc(), Experience.removed_at.is_(None))
    educations = _of_coach(Education, Education.started.desc(), Education.removed_at.is_(None))
