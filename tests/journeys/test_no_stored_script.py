"""What people write, in every column at once, on every page that shows it: nothing of it runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Enum, String, Table, update

from db.base import Base
from db.engine import Database
from tests.chromium import serving, sign_in
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.journeys.conftest import names_in
from tests.journeys.test_every_page import ASK, MORE, NO_PAGES
from tests.thorough import THOROUGH

WORD = "quokka"  # by which pages that show it are known
# Gets out of an attribute as well as into a text, and fits where a name does.
SHORT = f"'\"><img src=/{WORD}>"
LONG = SHORT + "".join((
    f"<img src=/{WORD} onerror=alert(1)>",
    f"'\"><script>fetch('/{WORD}')</script>",
    f'" autofocus onfocus=alert(3) {WORD}="',
    f"' hx-get=/{WORD} hx-trigger=load x='",
    f"</script><svg onload=alert(4)><image href=/{WORD} />",
    f"</textarea><b hx-get=/{WORD} hx-trigger=load></b>",
    f"{{{{ {WORD} }}}}<a href=javascript:alert(5)>",
))  # fmt: skip
# Not written by people, or in a form of its own that the database or a form insists on.
TABLES = {"attempts", "events", "mail_tokens", "outgoing_mail", "parked_forms", "pictures",
          "submissions", "ledger_accounts", "ledger_transactions", "former_handles"}  # fmt: skip
COLUMNS = {
    "calendar_key", "country", "currency", "email", "email_folded", "folded", "handle", "key",
    "language", "locale", "mail_key", "name", "password_hash", "path", "phone", "provider",
    "search_facets",
    "search_text", "search_title", "step", "time_zone", "topic",
}  # fmt: skip
NAMES = ("skills", "skill_synonyms")  # whose name is what somebody wrote
PEOPLE = ("carla", "sofia", "mina", "guest", "dora", "sam", "petra")


def written(table: Table) -> list[Any]:
    """The columns of a table that hold what somebody wrote."""
    if table.name in TABLES:
        return []
    but = COLUMNS - {"name"} if table.name in NAMES else COLUMNS
    texts = (one for one in table.columns if isinstance(one.type, String))
    return [one for one in texts if not isinstance(one.type, Enum) and one.name not in but]


def plant(db: Any) -> int:
    """Something that would run into every such column of every row; how many columns there are."""
    planted = 0
    for table in Base.metadata.sorted_tables:
        for column in written(table):
            words = LONG if (column.type.length or 0) >= len(LONG) else SHORT
            is_filled = column.is_not(None) & (column != "")
            db.execute(update(table).where(is_filled).values({column.name: words}))
            planted += 1
    return planted


@pytest.fixture(scope="module")
def planted(engines: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """A site of the demo world in which everybody wrote such things, and its pages' addresses."""
    with serving(engines, tmp_path_factory.mktemp("planted")) as site:
        database = Database(site.database_url)
        ids = names_in(site, database)
        with database.writing() as db:
            assert plant(db) > 30
        database.dispose()
        reads = [one.name for one in all_routes() if not one.writes and one.name not in NO_PAGES]
        named = dict.fromkeys((*(SAMPLES[name][0] for name in reads), *MORE))
        yield site, [address.format(**ids) for address in named]


def showing(page: Any, addresses: list[str]) -> list[str]:
    """Those in whose answer it stands; thoroughly all, as a part that comes later may have it."""
    if THOROUGH:
        return addresses
    answers = zip(addresses, page.evaluate(ASK, addresses), strict=True)
    return [address for address, (_, source) in answers if WORD in source]


@pytest.mark.parametrize("who", PEOPLE if THOROUGH else PEOPLE[:1])
def test_nothing_that_somebody_wrote_runs(open_browser, planted, who):
    site, addresses = planted
    page = open_browser(address=site.address)
    dialogs, asked, shown = [], [], 0
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    if who != "guest":
        sign_in(page, who)
    else:
        page.goto("/")
    for address in showing(page, addresses):
        page.goto(address, wait_until="load")
        shown += WORD in page.content()
    assert shown > 2
    assert dialogs == []
    assert [url for url in asked if WORD in url] == []
    # What the content policy refuses, and what goes to another host, the browser's fixture tells.
