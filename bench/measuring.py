"""Pages opened by turns, and what that took."""

import html
import re
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import quote_plus

from bench.asking import Answer, Statement
from bench.pages import ANY, SOME, Page
from bench.world import World

WARM_UP = 3
DEEP_PAGE = 500
CARD = {
    "/requests": re.compile(r'href="/requests/(\d+)"'),
    "/coaches": re.compile(r'href="/coaches/([a-z0-9-]+)"'),
}
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')


@dataclass
class Row:
    """One line of the table, in seconds."""

    name: str
    less: float
    more: float
    number: int
    faults: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return self.more / self.less if self.less else 0

    def by_ratio(self) -> float:
        return self.ratio

    @property
    def line(self) -> str:
        times = f"{self.less * 1000:>7.1f}ms{self.more * 1000:>7.1f}ms"
        return f"{self.name:<44}{times}{self.ratio:>8.2f}{self.number:>7}"


async def compare(page: Page, small: World, large: World, rounds: int) -> Row:
    """The page in both worlds, by turns."""
    took: dict[str, list[float]] = {"small": [], "large": []}
    faults: dict[str, None] = {}
    for turn in range(WARM_UP + rounds):
        for place, each in (("small", small), ("large", large)):
            answer = await _open(page, each)
            if turn == 0:
                faults |= dict.fromkeys(await _faults(page, each, answer))
            if turn >= WARM_UP:
                took[place].append(answer.seconds)
        if turn == 0 and any(fault.startswith("answered") for fault in faults):
            return Row(page.name, 0, 0, 0, list(faults))
    with large.site.listening() as statements:
        await _open(page, large)
    if len(statements) > page.most:
        faults[f"{len(statements)} statements"] = None
    times = (median(took["small"]), median(took["large"]))
    return Row(page.name, *times, len(statements), list(faults), statements)


async def deepen(page: Page, large: World, rounds: int) -> Row:
    """The second page of a list against the 500th, or the last one before."""
    path = address(page, large)
    who = large.person(page.who)
    first: str | None = None
    number = 1
    while number < DEEP_PAGE:
        following = _next(await large.site.get(who, path, part=True))
        if following is None:
            break
        path, number = following, number + 1
        first = first or path
    if first is None or number < 3:
        return Row(page.name, 0, 0, number, ["no second page"])
    took: dict[str, list[float]] = {first: [], path: []}
    for turn in range(WARM_UP + rounds):
        for one in (first, path):
            answer = await large.site.get(who, one, part=True)
            if turn >= WARM_UP:
                took[one].append(answer.seconds)
    with large.site.listening() as statements:
        await large.site.get(who, path, part=True)
    faults = [] if number == DEEP_PAGE or large.requests < 20 * DEEP_PAGE else ["ends early"]
    return Row(page.name, median(took[first]), median(took[path]), number, faults, statements)


def address(page: Page, where: World) -> str:
    """The page's address with this world's numbers in it."""
    compared = "&".join(f"proposal={one}" for one in where.ids["proposals"][:3])
    path, _, query = page.path.format(compared=compared, **where.ids).partition("?")
    return f"{path}?{quote_plus(query, safe='=&+')}" if query else path


async def _open(page: Page, where: World) -> Answer:
    return await where.site.get(where.person(page.who), address(page, where), part=page.part)


async def _faults(page: Page, where: World, answer: Answer) -> list[str]:
    if answer.status != 200:
        return [f"answered {answer.status}"]
    if page.finds == ANY:
        return []
    path = page.path.split("?")[0]
    found = cards(path, answer)
    if page.finds != SOME:
        return [] if len(found) == page.finds else [f"shows {len(found)} instead of {page.finds}"]
    everything = cards(path, await where.site.get(where.person(page.who), path))
    same = [f"shows what it shows without ({where.name})"] if found == everything else []
    return same if found else ["shows nothing"]


def cards(path: str, answer: Answer) -> list[str]:
    """What the cards of a list lead to, in their order."""
    _, _, results = answer.text.partition('id="results"')
    return list(dict.fromkeys(CARD[path].findall(results or answer.text)))


def _next(answer: Answer) -> str | None:
    found = NEXT.search(answer.text)
    return html.unescape(found[1]) if found else None
