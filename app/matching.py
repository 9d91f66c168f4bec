"""How well a coach fits what somebody wants to learn: whole points that a reader can add up.

A part is counted when both have said something about it. What is counted is added up, and scaled
to 100 where something is left out.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from app.labels import LABELS
from app.waking_hours import is_known, shared_minutes
from app.wording import language_name
from db.models.skills import LanguageLevel, Level, SkillLevel
from db.queries.match_facts import Asked, Ground, Offered

SKILLS, LANGUAGE, BUDGET, TIMES, LEVEL, RATING = (
    "Skills", "Language", "Budget", "Times", "Level", "Rating",
)  # fmt: skip
MOST = {SKILLS: 40, LANGUAGE: 20, BUDGET: 15, TIMES: 10, LEVEL: 5, RATING: 10}
LANGUAGE_POINTS = {
    LanguageLevel.NATIVE: 20,
    LanguageLevel.FLUENT: 20,
    LanguageLevel.CONVERSATIONAL: 12,
    LanguageLevel.BASIC: 5,
}
RANK = {level: number for number, level in enumerate(LanguageLevel)}  # basic is the lowest
NONE_ABOVE = 25  # per cent above the budget, from where on there are no points
WORST, BEST = 300, 500  # hundredths of a star: no points, all points
PRIOR = 5  # as many reviews weigh as much as the mean of all coaches
NEW_BELOW = 3  # reviews
NEW_FROM = 50  # points a new coach needs for the place kept for one
KEPT_PLACE = 5  # one place in so many

Said = tuple[int, str, str]  # points, words, what would raise it
Left = str  # why a part is not counted


class Part(msgspec.Struct, frozen=True):
    """One line of a match. `points` is None where the part is not counted; `raised` is for the
    coach alone: what would bring more points, "" for nothing.
    """

    name: str
    points: int | None
    most: int
    words: str
    raised: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether both have said something about it."""
        return self.points is not None


class Match(msgspec.Struct, frozen=True):
    """What all parts come to, and what is said of each, in the order of `MOST`.

    `is_kept`: it stands higher than it would, in the place kept for a new coach.
    """

    total: int
    said: tuple[Said | Left, ...]
    is_kept: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order of their weight: for the few of a list that are shown."""
        return tuple(_part(name, said) for name, said in zip(MOST, self.said, strict=True))

    @property
    def points(self) -> int:
        """The points of all parts together."""
        return _together(self.said)[0]

    @property
    def possible(self) -> int:
        """What these parts could have come to."""
        return _together(self.said)[1]

    @property
    def is_scaled(self) -> bool:
        """Whether a part is left out, so that points and total differ."""
        return self.possible < 100


def match_of(asked: Asked, offered: Offered, ground: Ground, *, at: datetime) -> Match | None:
    """How well they go together; None for those who have no skill in common."""
    if asked.skills.keys().isdisjoint(offered.skills):
        return None
    said = (
        skills_said(asked, offered, ground),
        language_said(asked, offered),
        budget_said(asked, offered),
        times_said(asked, offered, at.date()),
        level_said(asked, offered),
        rating_said(offered, ground),
    )
    return Match(share(100, *_together(said)), said)


def _together(said: Iterable[Said | Left]) -> tuple[int, int]:
    """The points of those that are counted, and what they could have come to."""
    points = possible = 0
    for most, one in zip(MOST.values(), said, strict=True):
        if not isinstance(one, str):
            points += one[0]
            possible += most
    return points, possible


def _part(name: str, said: Said | Left) -> Part:
    if isinstance(said, str):
        return Part(name, None, MOST[name], said)
    points, words, raised = said
    return Part(name, points, MOST[name], words, raised if points < MOST[name] else "")


def share(most: int, of: int, whole: int) -> int:
    """`of` parts of a `whole` that is worth `most`, rounded half up."""
    return (2 * most * of + whole) // (2 * whole)


# The parts.


def skills_said(asked: Asked, offered: Offered, ground: Ground) -> Said:
    """Of the wanted skills, those taught; one close to one that is taught is half of it."""
    taught, close, missing = [], [], []
    for key, name in asked.skills.items():
        if key in offered.skills:
            taught.append(name)
        elif near := ground.related.get(key, frozenset()) & offered.skills.keys():
            close.append((offered.skills[min(near)].name, name))
        else:
            missing.append(name)
    points = share(MOST[SKILLS], 2 * len(taught) + len(close), 2 * len(asked.skills))
    words = [", ".join(taught), *(f"{own} is close to {name}" for own, name in close)]
    words += [f"missing {', '.join(missing)}"] * bool(missing)
    could = missing + [name for _, name in close]
    return points, "; ".join(words), f"If you teach {_or(could)}, add it to your skills."


def language_said(asked: Asked, offered: Offered) -> Said | Left:
    """The best language of both, by the weaker level; the one for teaching, where one is named."""
    if not offered.speaks:
        return "No language on the coach’s page"
    if asked.language:
        return _teaching_language(asked, offered, asked.language)
    if not asked.speaks:
        return "The student has named no language"
    common = asked.speaks.keys() & offered.speaks.keys()
    if not common:
        spoken = _or([language_name(code) for code in asked.speaks])
        return 0, "None in common", f"If you speak {spoken}, add it to your languages."
    weaker = {code: _weaker(asked.speaks[code], offered.speaks[code]) for code in sorted(common)}
    best = max(weaker, key=lambda code: RANK[weaker[code]])
    is_own = RANK[offered.speaks[best]] < RANK[asked.speaks[best]]
    return _spoken(best, weaker[best], is_own=is_own)


def _teaching_language(asked: Asked, offered: Offered, code: str) -> Said:
    name, least = language_name(code), asked.language_level
    level = offered.speaks.get(code)
    if level is None:
        return 0, f"{name} is asked for", f"If you speak {name}, add it to your languages."
    if least and RANK[level] < RANK[least]:
        wanted = LABELS[LanguageLevel][least].lower()
        words = f"{name}: {LABELS[LanguageLevel][level].lower()}, asked for is {wanted} or better"
        return 0, words, f"Say so on your profile, if your {name} is {wanted} by now."
    students = asked.speaks.get(code, LanguageLevel.NATIVE)  # where it is not said, the coach's
    return _spoken(code, _weaker(students, level), is_own=RANK[level] < RANK[students])


def _spoken(code: str, level: LanguageLevel, *, is_own: bool) -> Said:
    name = language_name(code)
    raised = f"If your {name} is better than your profile says, change it there."
    words = f"{name}, {LABELS[LanguageLevel][level].lower()}"
    return LANGUAGE_POINTS[level], words, raised if is_own else ""


def _weaker(one: LanguageLevel, other: LanguageLevel) -> LanguageLevel:
    return min(one, other, key=RANK.__getitem__)


def budget_said(asked: Asked, offered: Offered) -> Said | Left:
    """All points up to the end of the budget, none from a quarter above it."""
    if not asked.budget_to:
        return "No highest price is named"
    if not offered.rate:
        return "No price on the coach’s page"
    if asked.currency != offered.currency:
        return "Prices in two currencies"
    above = offered.rate - asked.budget_to
    if above <= 0:
        return MOST[BUDGET], "Within the budget", ""
    left = max(NONE_ABOVE * asked.budget_to - 100 * above, 0)
    points = share(MOST[BUDGET], left, NONE_ABOVE * asked.budget_to)
    percent = share(100, above, asked.budget_to)
    words = f"{percent}% above the budget" if percent else "Just above the budget"
    raised = f"Your price is {words[0].lower()}{words[1:]}. A price within it has all points."
    return points, words, raised


def times_said(asked: Asked, offered: Offered, day: date) -> Said | Left:
    """How much of the wanted times lies in the hours a coach is awake."""
    if not asked.times:
        return "No times are named"
    if not (is_known(asked.zone) and is_known(offered.zone)):
        return "One of the time zones is not known"
    shared = shared_minutes(asked.zone, offered.zone, day)
    wanted = [shared[name] for name in asked.times if name in shared]
    both, whole = sum(both for both, _ in wanted), sum(whole for _, whole in wanted)
    if not whole:
        return "No times are named"
    if both in (0, whole):
        much = "All" if both else "None"
    else:
        much = "Most" if 2 * both >= whole else "Some"
    return share(MOST[TIMES], both, whole), f"{much} of the times fall in the coach’s day", ""


def level_said(asked: Asked, offered: Offered) -> Said | Left:
    """In how many of the common skills the coach teaches the wanted level."""
    if not asked.level:
        return "No level is named"
    common = [offered.skills[key] for key in asked.skills if key in offered.skills]
    other = [one.name for one in common if not _teaches(one.level, asked.level)]
    name = LABELS[Level][asked.level]
    points = share(MOST[LEVEL], len(common) - len(other), len(common))
    words = f"{name} is taught" if not other else f"{name} is not taught in {', '.join(other)}"
    return points, words, f"If you teach {_or(other)} at this level, say so in your skills."


def _teaches(level: SkillLevel, wanted: Level) -> bool:
    return level is SkillLevel.ANY or level.value == wanted.value


def rating_said(offered: Offered, ground: Ground) -> Said | Left:
    """The mean of a coach's ratings, with the mean of all coaches as if it were a few more."""
    if ground.mean is None:
        return "Nobody has been rated yet"
    own = (offered.rating or 0) * offered.reviews
    reviews = offered.reviews if offered.rating is not None else 0
    weight = PRIOR + reviews
    whole = (BEST - WORST) * weight
    sum_above = PRIOR * ground.mean + (own if reviews else 0) - WORST * weight
    points = share(MOST[RATING], min(max(sum_above, 0), whole), whole)
    if offered.rating is None:
        return points, f"New coach: the mean of all coaches, {_stars(ground.mean)}", ""
    return points, f"{_stars(offered.rating)} from {reviews} reviews", ""


def is_new(offered: Offered) -> bool:
    """Whether a coach has too few reviews for a rating."""
    return offered.rating is None or offered.reviews < NEW_BELOW


def _stars(hundredths: int) -> str:
    tenths = share(1, hundredths, 10)
    return f"{tenths // 10}.{tenths % 10}"


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


# The order of a list.


class Scored(msgspec.Struct, frozen=True):
    """Whom or what a match is with; `place` is the greater the newer it is."""

    id: int
    place: int
    match: Match
    is_new: bool = False


def best_first(scored: Iterable[Scored]) -> list[Scored]:
    """The highest totals first; of equal ones the newest."""
    return sorted(scored, key=lambda one: (one.match.total, one.place), reverse=True)


def with_kept_places(scored: Iterable[Scored]) -> list[Scored]:
    """The best first, but of each five one is a new coach, as long as there is one good enough."""
    left, order = best_first(scored), []
    while left:
        group = left[:KEPT_PLACE]
        good = [one for one in left if one.is_new and one.match.total >= NEW_FROM]
        if good and good[0] not in group:
            kept = msgspec.structs.replace(good[0].match, is_kept=True)
            group[-1] = msgspec.structs.replace(good[0], match=kept)
        shown = {one.id for one in group}
        order += group
        left = [one for one in left if one.id not in shown]
    return order
