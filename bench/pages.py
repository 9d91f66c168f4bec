"""Every list, filter, sort, count and recommendation: its address, and what it must find."""

from dataclasses import dataclass

from bench.world import SEARCHED

SOME = -1  # at least one, and not the same as without
ANY = -2


@dataclass(frozen=True)
class Page:
    """`finds` is how many cards it shows, SOME, or ANY where nothing is looked for."""

    name: str
    who: str | None
    path: str
    finds: int = ANY
    part: bool = False
    most: int = 10  # statements


def _requests(name: str, query: str, finds: int = SOME) -> Page:
    return Page(f"requests: {name}", "coach", f"/requests?{query}", finds)


def _coaches(name: str, query: str, finds: int = SOME) -> Page:
    return Page(f"coaches: {name}", "student", f"/coaches?{query}", finds)


REQUESTS = (
    Page("requests: all", "coach", "/requests", 20),
    Page("requests: all, as a part", "coach", "/requests", 20, part=True),
    _requests("a frequent word", "q=the", 20),
    _requests("two frequent words", "q=would+like"),
    _requests("a short beginning", "q=s", 20),
    _requests("a rare word", "q=quokka", 5),
    _requests("a rare beginning", "q=quok", 5),
    _requests("a frequent and a rare word", "q=the+quokka", 5),
    _requests("a frequent phrase", 'q="would+like+to"', 20),
    _requests("a rare phrase", 'q="quokka+portraits"', 5),
    _requests("a word without another", "q=quokka+-camera", 0),
    _requests("a frequent word without another", "q=would+-like", 20),
    _requests("a skill", f"skill={SEARCHED}", 20),
    _requests("a rare skill", "skill=quokka+care", 5),
    _requests("any of two skills", "skill=photography&skill=spanish"),
    _requests("all of two skills, rare", "skill=photography&skill=quokka+care&all=1", 5),
    _requests("a level", "level=beginner"),
    _requests("a format", "format=ongoing"),
    _requests("a language", "language=es"),
    _requests("level, format, language, rare", "level=advanced&format=few_sessions&language=is", 5),
    _requests("a frequent budget", "budget_from=10&budget_to=12&currency=USD"),
    _requests("a rare budget", "budget_from=900&budget_to=1000&currency=USD", 5),
    _requests("posted within a day", "posted=1"),
    _requests("posted within 30 days", "posted=30", 20),
    _requests("fewer than one proposal", "fewer=1", 5),
    _requests("fewer than 5 proposals", "fewer=5"),
    _requests("fewer than 20 proposals", "fewer=20", 20),
    _requests("not yet proposed", "not_proposed=1", 20),
    _requests("bookmarked", "bookmarked=1"),
    _requests("best match", "sort=match", 20),
    _requests("best match of a frequent word", "q=would&sort=match"),
    _requests("best match of a rare word", "q=quokka&sort=match", ANY),
    _requests("newest", "sort=newest", 20),
    _requests("by budget", "sort=budget"),
    _requests("by end", "sort=ends_soon"),
    _requests("a frequent word, the newest", "q=the&sort=newest", 20),
    _requests("a frequent word by budget", "q=the&sort=budget", 20),
    _requests("a frequent word by end", "q=would&sort=ends_soon", 20),
    _requests("a rare word by budget", "q=quokka&sort=budget", 5),
    _requests("a skill and a level by end", "skill=photography&level=beginner&sort=ends_soon"),
    _requests("five filters", "q=would&level=beginner&format=ongoing&fewer=20&posted=30"),
    _requests("nothing", "q=zzyzx", 0),
    _requests("nothing, with four filters", "q=zzyzx&level=beginner&format=ongoing&language=es", 0),
    Page("requests: a level, as a part", "coach", "/requests?level=beginner", 20, part=True),
)  # fmt: skip

COACHES = (
    Page("coaches: all", "student", "/coaches", 20),
    Page("coaches: all, for a guest", None, "/coaches", 20),
    _coaches("a frequent word", "q=and", 20),
    _coaches("a short beginning", "q=s", 20),
    _coaches("a rare word", "q=quokka", 5),
    _coaches("a rare phrase", 'q="quokka+portraits"', 5),
    _coaches("a word without another", "q=quokka+-ferries", 0),
    _coaches("a skill", "skill=photography"),
    _coaches("any of two skills", "skill=photography&skill=spanish"),
    _coaches("a topic", "topic=Languages"),
    _coaches("a language", "language=es"),
    _coaches("a language, spoken well", "language=es&language_level=native"),
    _coaches("a price range", "price_from=10&price_to=60&currency=USD"),
    _coaches("a rare price", "price_from=118&currency=USD"),
    _coaches("a country", "country=KE"),
    _coaches("rated four or more", "rating=4", ANY),
    _coaches("speaks my languages", "speaks_mine=1", 20),
    _coaches("new ones", "new=1", ANY),
    _coaches("best match", "sort=match", ANY),
    _coaches("best match of a word", "q=teach&sort=match", ANY),
    _coaches("by rating", "sort=rating", 20),
    _coaches("cheapest", "sort=price_up"),
    _coaches("dearest", "sort=price_down"),
    _coaches("newest", "sort=newest", 20),
    _coaches("a frequent word, cheapest", "q=and&sort=price_up"),
    _coaches("four filters", "q=and&language=en&price_to=100&currency=USD&sort=price_down"),
    _coaches("nothing", "q=zzyzx", 0),
)

OTHERS = (
    Page("my requests", "student", "/requests/mine"),
    Page("a request, to its owner", "student", "/requests/{request}"),
    Page("a request, to a coach", "coach", "/requests/{request}"),
    Page("proposals to a request", "student", "/requests/{request}/proposals"),
    Page("proposals by price", "student", "/requests/{request}/proposals?sort=price"),
    Page("proposals by rating", "student", "/requests/{request}/proposals?sort=rating"),
    Page("proposals by match", "student", "/requests/{request}/proposals?sort=match"),
    Page("proposals compared", "student", "/requests/{request}/proposals/compare?{compared}"),
    Page("my proposals", "coach", "/proposals"),
    Page("my proposals, waiting", "coach", "/proposals?status=submitted"),
    Page("my proposal", "coach", "/proposals/{proposal}"),
    Page("a proposal, to the student", "student", "/proposals/{proposal}"),
    Page("changing a proposal", "coach", "/proposals/{proposal}/edit"),
    Page("bookmarks", "coach", "/bookmarks"),
    Page("a coach", "student", "/coaches/{handle}"),
    Page("how matching works", None, "/how-matching-works"),
    Page("dashboard of a coach", "coach", "/dashboard"),
    Page("dashboard of a student", "student", "/dashboard"),
)

PAGES = REQUESTS + COACHES + OTHERS

# What is opened most, for the growth from 1,000 requests to a million. Each shows as many cards in
# the smallest as in the largest: 200 coaches have no skill that twenty of them teach.
_HOT = {
    "requests: all", "requests: newest", "requests: a frequent word", "requests: a rare word",
    "requests: a skill", "requests: five filters", "requests: bookmarked", "coaches: all",
    "coaches: a frequent word", "coaches: a topic", "a coach", "a request, to its owner",
    "a request, to a coach", "proposals to a request", "my proposals", "bookmarks",
    "my requests", "dashboard of a coach", "dashboard of a student",
}  # fmt: skip
HOT = tuple(page for page in PAGES if page.name in _HOT)

# Lists that go on: every order they can stand in, and a word that most entries have.
DEEP = (
    Page("requests, newest", "coach", "/requests?sort=newest", part=True),
    Page("requests, by budget", "coach", "/requests?sort=budget", part=True),
    Page("requests, by end", "coach", "/requests?sort=ends_soon", part=True),
    Page("requests, a frequent word", "coach", "/requests?q=the", part=True),
    Page("requests, a frequent word by budget", "coach", "/requests?q=the&sort=budget", part=True),
    Page("coaches, newest", "student", "/coaches?sort=newest", part=True),
    Page("coaches, by rating", "student", "/coaches?sort=rating", part=True),
    Page("coaches, cheapest", "student", "/coaches?sort=price_up", part=True),
    Page("coaches, dearest", "student", "/coaches?sort=price_down", part=True),
)
