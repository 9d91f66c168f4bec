"""What searches keep of requests and coaches, made anew from all that it is made of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models.accounts import Account
from db.models.languages import CoachLanguage
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.profiles import CoachProfile, CoachSkill
from db.models.proposals import LIVE, Proposal
from db.models.skills import Skill, SkillSynonym
from db.search_entries import SECOND, Named, coach_entry, request_entry

Entry = dict[str, str | int | None]
BATCH = 500


def of_requests(db: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """The columns by which these requests are found, by their numbers."""
    columns = (
        LearningRequest.id, LearningRequest.title, LearningRequest.description,
        LearningRequest.level, LearningRequest.format, LearningRequest.language,
        LearningRequest.budget_from, LearningRequest.budget_to, LearningRequest.currency,
    )  # fmt: skip
    rows = db.execute(select(*columns).where(LearningRequest.id.in_(ids)))
    skills = _skills(db, RequestSkill, RequestSkill.request_id, ids)
    live = (Proposal.request_id.in_(ids), Proposal.status.in_(LIVE))
    waiting = select(Proposal.request_id, func.count()).where(*live).group_by(Proposal.request_id)
    proposals = dict(db.execute(waiting).all())
    return {
        row.id: request_entry(row._asdict(), skills.get(row.id, []), proposals.get(row.id, 0))
        for row in rows
    }


def of_coaches(db: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """The columns by which these coaches are found, by the numbers of their accounts."""
    columns = (
        CoachProfile.account_id, Account.first_name, Account.last_name, Account.country,
        CoachProfile.headline, CoachProfile.bio, CoachProfile.rate, CoachProfile.currency,
        CoachProfile.rating,
    )  # fmt: skip
    joined = select(*columns).join(Account, Account.id == CoachProfile.account_id)
    rows = db.execute(joined.where(CoachProfile.account_id.in_(ids)))
    skills = _skills(db, CoachSkill, CoachSkill.account_id, ids)
    languages = _languages(db, ids)
    return {
        row.account_id: coach_entry(
            row._asdict(), skills.get(row.account_id, []), languages.get(row.account_id, [])
        )
        for row in rows
    }


def _skills(
    db: Session, uses: type[Any], owner: InstrumentedAttribute[int], ids: Sequence[int]
) -> dict[int, list[Named]]:
    query = select(owner, Skill.id, Skill.topic, Skill.name).join(Skill, Skill.id == uses.skill_id)
    rows = db.execute(query.where(owner.in_(ids)).order_by(uses.position, Skill.id)).all()
    others: dict[int, list[str]] = {}
    synonyms = select(SkillSynonym.skill_id, SkillSynonym.name)
    known = SkillSynonym.skill_id.in_({key for _, key, _, _ in rows})
    for key, name in db.execute(synonyms.where(known).order_by(SkillSynonym.id)):
        others.setdefault(key, []).append(name)
    found: dict[int, list[Named]] = {}
    for of, key, topic, name in rows:
        found.setdefault(of, []).append(Named(key, topic, (name, *others.get(key, []))))
    return found


def _languages(db: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    spoken = select(CoachLanguage.account_id, CoachLanguage.language, CoachLanguage.level)
    there = (CoachLanguage.account_id.in_(ids), CoachLanguage.removed_at.is_(None))
    found: dict[int, list[tuple[str, str]]] = {}
    for of, language, level in db.execute(
        spoken.where(*there).order_by(CoachLanguage.position, CoachLanguage.id)
    ):
        found.setdefault(of, []).append((language, level))
    return found


def free_place(db: Session, column: InstrumentedAttribute[int | None], first: int) -> int:
    """The first place from this one on that nothing stands at, within a second."""
    near = select(column).where(column >= first, column < first + SECOND).order_by(column)
    taken = set(db.scalars(near))
    return next(place for place in count(first) if place not in taken)


def with_skills(db: Session, skills: Iterable[int]) -> tuple[list[int], list[int]]:
    """The requests that ask for one of these skills, and the coaches who teach one."""
    wanted = list(skills)
    asked = select(RequestSkill.request_id).where(RequestSkill.skill_id.in_(wanted)).distinct()
    taught = select(CoachSkill.account_id).where(CoachSkill.skill_id.in_(wanted)).distinct()
    return list(db.scalars(asked)), list(db.scalars(taught))


def write_for_skills(db: Session, skills: Iterable[int]) -> None:
    """Make anew what is kept of all that uses these skills."""
    requests, coaches = with_skills(db, skills)
    for some in batches(requests):
        for key, entry in of_requests(db, some).items():
            _run(db, update(LearningRequest).where(LearningRequest.id == key).values(entry))
    for some in batches(coaches):
        for key, entry in of_coaches(db, some).items():
            _run(db, update(CoachProfile).where(CoachProfile.account_id == key).values(entry))


def _run(db: Session, statement: Any) -> None:
    db.execute(statement, execution_options={"synchronize_session": False})


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """A few at a time, in order, so that two who write them do not wait for each other."""
    ordered = sorted(ids)
    for begin in range(0, len(ordered), BATCH):
        yield ordered[begin : begin + BATCH]
