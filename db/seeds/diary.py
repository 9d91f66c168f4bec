"""When the people of the demo world have time for each other: nobody is in two places at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from db.models.session_claims import slots
from db.models.session_states import SLOT
from db.seeds.world import Person
from db.types import EPOCH

HOURS = (18, 19, 17, 20, 12, 9, 16, 8, 21)  # in which students like to learn
AWAKE = range(7, 23)
DAYS = 6


class Diary:
    """Who is taken when, in steps of five minutes."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()

    def take(self, people: Sequence[Person], at: datetime, minutes: int) -> datetime:
        """From this moment on, or as soon after it as both have time; then they have none."""
        starts = on_the_slot(at)
        while not self._are_free(people, starts, minutes):
            starts += SLOT
        return self._keep(people, starts, minutes)

    def take_day(
        self, pair: tuple[Person, Person], day: datetime, minutes: int, *, first: int = 0
    ) -> datetime:
        """On this day of the student, or one after it, at an hour that suits both."""
        student, coach = pair
        home = day.astimezone(ZoneInfo(student.zone))
        hours = (*HOURS[first:], *HOURS[:first])
        for later in range(DAYS):
            for hour in hours:
                local = (home + timedelta(days=later)).replace(hour=hour, minute=0, second=0)
                starts = on_the_slot(local.astimezone(UTC))
                there = starts.astimezone(ZoneInfo(coach.zone))
                if starts > day and there.hour in AWAKE and self._are_free(pair, starts, minutes):
                    return self._keep(pair, starts, minutes)
        return self.take(pair, day, minutes)

    def _are_free(self, people: Sequence[Person], starts: datetime, minutes: int) -> bool:
        slots = slots_of(starts, minutes)
        return all((one.id, slot) not in self._taken for one in people for slot in slots)

    def _keep(self, people: Sequence[Person], starts: datetime, minutes: int) -> datetime:
        self._taken |= {(one.id, slot) for one in people for slot in slots_of(starts, minutes)}
        return starts


def slots_of(starts: datetime, minutes: int) -> range:
    """The five minutes that a time takes, counted since 1970."""
    return slots(starts, starts + timedelta(minutes=minutes))


def on_the_slot(at: datetime) -> datetime:
    """The next multiple of five minutes."""
    return EPOCH - ((EPOCH - at) // SLOT) * SLOT
