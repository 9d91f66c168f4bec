"""The command line: skileez run · migrate · seed · routes · where · assets · revision."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import uvicorn

from app import passwords
from app.assets import build
from app.clock import now
from app.main import create_app
from app.passwords import DEMO_PASSWORD
from app.settings import Settings, WrongSetting
from db.engine import Database
from db.migrate import migrate as bring_up_to_date
from db.migrate import revision as write_revision
from db.seeds import demo, load

ROOT = Path(__file__).parent.parent
KEEP_ALIVE = 300  # seconds; a dropped connection costs a phone on 2G more than two
GRACE = 10  # seconds that a stop waits for what is in flight


@click.group()
def main() -> None:
    """Skileez, a marketplace for one-to-one learning."""


@main.command()
def run() -> None:
    """Create and migrate the database, fill the demo world if it is empty, serve the site."""
    settings, database = _open()
    _migrate(database)
    if settings.demo:
        _plant_if_empty(database)
        click.echo("Demo mode: everyone's password is public, so only this machine can connect.")
        click.echo("Set DEMO=0 to serve people.")
    elif settings.public_url.startswith("http:") and settings.host not in ("127.0.0.1", "::1"):
        click.echo("Over plain http browsers keep no sign-in. Put TLS in front; see docs/.")
    database.dispose()
    click.echo(f"Skileez is at {settings.public_url}")
    uvicorn.run(
        "app.main:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies] or None,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        access_log=False,
        server_header=False,
        ws="none",
        log_level="warning",
    )


@main.command()
def migrate() -> None:
    """Bring the database up to date; safe while other nodes do the same."""
    _, database = _open()
    _migrate(database)
    click.echo("The database is up to date.")


@main.command()
@click.option("--size", type=click.IntRange(1, 1_000_000), help="requests, for load tests")
def seed(size: int | None) -> None:
    """Fill an empty database with the demo world, or with one of load-test size."""
    settings, database = _open()
    if not settings.demo:
        raise click.ClickException("DEMO is 0: a database for people is never seeded.")
    _migrate(database)
    if size is None:
        if not _plant_if_empty(database):
            click.echo("The database already has people in it; nothing was changed.")
        return
    with _progress() as step:
        load.fill(
            database,
            size,
            now=now(),
            password_hash=passwords.hashed(DEMO_PASSWORD),
            progress=step,
        )


@main.command()
def routes() -> None:
    """Print every route: name, methods, address, permission."""
    settings, database = _open()
    site = create_app(settings, database).app
    rows = [
        (
            handler.name or "",
            "/".join(sorted(handler.http_methods)),
            route.path,
            handler.opt["allow"],
        )
        for route in site.routes  # type: ignore[attr-defined]
        for handler in getattr(route, "route_handlers", ())
    ]
    for name, methods, path, allow in sorted(rows):
        click.echo(f"{name:28} {methods:9} {path:40} {allow}")


@main.command()
@click.argument("noun")
def where(noun: str) -> None:
    """Print every file of a noun, from address to table."""
    for layer in ("app", "db", "tests", "docs"):
        for path in sorted((ROOT / layer).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.is_file() and noun in str(inside) and "__pycache__" not in inside.parts:
                click.echo(inside)


@main.command()
def assets() -> None:
    """Build the stylesheet, the script and the icons again from their sources."""
    build()


@main.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write a new migration from what the models say and the database lacks."""
    _, database = _open()
    _migrate(database)
    click.echo(write_revision(database, message))


def _open() -> tuple[Settings, Database]:
    try:
        settings = Settings.from_env()
        settings.prepare_data_dir()
    except WrongSetting as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    return settings, Database(settings.database_url, pool_size=settings.database_pool)


def _migrate(database: Database) -> None:
    bring_up_to_date(database)


def _plant_if_empty(database: Database) -> bool:
    with database.reading() as db:
        if not demo.is_empty(db):
            return False
    with _progress() as step, database.writing() as db:
        if demo.is_empty(db):  # two first starts at once: the second one waited here
            demo.plant(db, now=now(), password_hash=passwords.hashed(DEMO_PASSWORD), progress=step)
    return True


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    with click.progressbar(length=100, label="Filling the demo world") as bar:
        reached = 0

        def step(done: int, total: int) -> None:
            nonlocal reached
            percent = 100 * done // max(total, 1)
            bar.update(percent - reached)
            reached = percent

        yield step
