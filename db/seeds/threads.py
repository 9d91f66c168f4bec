"""Who talks with whom in the demo world: only pairs that may, with believable times."""

from collections import Counter
from datetime import datetime, timedelta

from db.models.accounts import Side
from db.models.messages import Message
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from db.search_entries import message_entry
from db.seeds import content
from db.seeds.matches import fit
from db.seeds.thread_words import blocks_for
from db.seeds.world import Offer, Person, Talk, Wanted, World

MESSAGES = 2_000
LAST_TEXT = 200
QUICK, SLOW, NEXT_SUBJECT = (0.5, 25), (200, 1_400), (900, 4_500)  # minutes
UNREAD = 0.18  # of the threads whose last word is not one's own


def open_threads(world: World) -> None:
    """The cast's threads, one for each accepted proposal, then students who wrote first."""
    chosen = {
        (offer.wanted.student, offer.coach): offer
        for offer in world.offers
        if offer.status == ProposalStatus.ACCEPTED
    }
    done = _open_old(world)
    count = 0
    for text in content.cast().threads:
        pair = (world.cast[text.student], _coach(world, text.coach))
        count += _write(world, pair, [list(text.lines)], chosen.get(pair), text.unread, text.days)
        done.add(pair)
    for pair, offer in chosen.items():
        if pair not in done:
            count += _compose(world, offer.wanted, pair, offer)
            done.add(pair)
    for wanted, coach in _first_words(world):
        if count >= MESSAGES:
            break
        pair = (wanted.student, coach)
        if pair not in done:
            count += _compose(world, wanted, pair, None)
            done.add(pair)


def _open_old(world: World) -> set[tuple[Person, Person]]:
    """The threads of those who have learned together in the past year."""
    with world.apart("threads"):
        for offer in world.agreed:
            pair = (offer.wanted.student, offer.coach)
            _write(world, pair, [[line] for line in offer.lines], offer, "", None)
    return {(offer.wanted.student, offer.coach) for offer in world.agreed}


def _coach(world: World, name: str) -> Person:
    return world.cast.get(name) or next(one for one in world.coaches if one.name == name)


def _first_words(world: World) -> list[tuple[Wanted, Person]]:
    """Students and coaches whom a request could have brought together, evenly spread."""
    carla, dora = world.cast["carla"], world.cast["dora"]
    could = [
        (coach not in (carla, dora), world.chance.random(), wanted, coach)
        for wanted in world.requests
        for coach in world.coaches
        if wanted.posted and fit(wanted, coach) >= 10 and coach is not wanted.student
    ]
    written: Counter[Person] = Counter()
    rounds: list[tuple[int, int, Wanted, Person]] = []
    for _, _, wanted, coach in sorted(could, key=lambda one: one[:2]):
        written[coach] += 1
        written[wanted.student] += 1
        rounds.append((written[coach] + written[wanted.student], len(rounds), wanted, coach))
    rounds.sort(key=lambda one: one[:2])
    return [(wanted, coach) for *_, wanted, coach in rounds]


def _compose(world: World, wanted: Wanted, pair: tuple[Person, Person], offer: Offer | None) -> int:
    blocks = blocks_for(world, wanted, pair, chosen=offer is not None)
    if not blocks:
        return 0
    unread = ""
    if pair[1] in (world.cast["carla"], world.cast["dora"]):
        waiting = [line for line in content.cast().waiting["student"] if not world.uses[line]]
        if waiting:
            world.uses[waiting[0]] += 1
            blocks.append([f"S {waiting[0]}"])
            unread = "coach"
    elif world.chance.random() < UNREAD:
        unread = "coach" if blocks[-1][-1].startswith("S") else "student"
    return _write(world, pair, blocks, offer, unread, None)


def _write(
    world: World,
    pair: tuple[Person, Person],
    blocks: list[list[str]],
    offer: Offer | None,
    unread: str,
    days: int | None,
) -> int:
    student, coach = pair
    senders = {"S": student, "C": coach}
    said = [(senders[line[0]], line[2:]) for block in blocks for line in block]
    starts = _start(world, pair, offer, days)
    times = _times(world, starts, blocks)
    reads = {"student": len(said), "coach": len(said)}
    if unread:
        other = student if unread == "student" else coach
        reads[unread] = max(n for n, (who, _) in enumerate(said, 1) if who is other)
    number = world.rows.add(
        Thread,
        student_id=student.id,
        coach_id=coach.id,
        last_number=len(said),
        last_message_at=times[-1],
        last_text=said[-1][1][:LAST_TEXT],
        last_sender_id=said[-1][0].id,
        student_read=reads["student"],
        coach_read=reads["coach"],
        student_wrote_at=next(
            at for at, (who, _) in zip(times, said, strict=True) if who is student
        ),
        proposal_id=offer.id if offer else None,
        created_at=offer.ended if offer else times[0],
    )
    if offer is None:
        world.record("thread.created", times[0], student, number, Side.STUDENT)
    _add_messages(world, number, pair, said, times)
    world.talks.append(Talk(number, student, coach, said, times))
    return len(said)


def _add_messages(
    world: World,
    thread: int,
    pair: tuple[Person, Person],
    said: list[tuple[Person, str]],
    times: list[datetime],
) -> None:
    for number, (at, (sender, text)) in enumerate(zip(times, said, strict=True), 1):
        world.rows.add(
            Message,
            thread_id=thread,
            number=number,
            sender_id=sender.id,
            text=text,
            search_text=message_entry(text, pair[0].id, pair[1].id),
            created_at=at,
        )


def _start(
    world: World, pair: tuple[Person, Person], offer: Offer | None, days: int | None
) -> datetime:
    if offer and offer.ended:
        return offer.ended + timedelta(minutes=world.chance.randint(3, 400))
    if days:
        return world.ago(days=days)
    earliest = max(pair[0].joined, pair[1].teaches_since)
    return max(earliest + timedelta(hours=1), world.ago(days=world.chance.uniform(1.5, 45)))


def _times(world: World, start: datetime, blocks: list[list[str]]) -> list[datetime]:
    """Answers within minutes, sometimes a night between, days between subjects; all before now."""
    gaps: list[float] = []
    for block in blocks:
        for _ in block:
            is_quick = world.chance.random() < 0.85
            gaps.append(world.chance.uniform(*(QUICK if is_quick else SLOW)))
        gaps[-1] = world.chance.uniform(*NEXT_SUBJECT)
    room = (world.now - start).total_seconds() / 60 - world.chance.uniform(8, 300)
    shrink = min(1.0, room / sum(gaps))
    times: list[datetime] = []
    passed = 0.0
    for gap in gaps:
        times.append(start + timedelta(seconds=int(passed * 60) + len(times)))
        passed += gap * shrink
    return times
