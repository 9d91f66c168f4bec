"""The command line.

skileez run · worker · migrate · backup · restore · doctor · staff · seed
routes · where · assets · revision
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from sqlalchemy.exc import IntegrityError

from app.actions.accounts import appoint_account
from app.backups import back_up
from app.backups import restore as fill
from app.clock import now
from app.ending import Commands, answering
from app.errors import NotFound
from app.processes import opened, serve
from app.settings import Settings
from db.engine import Database
from db.migrate import migrate as bring_up_to_date
from db.migrate import revision as write_revision
from db.models.accounts import StaffRole

ROOT = Path(__file__).parent.parent


@click.group(cls=Commands)
def main() -> None:
    """Skileez, a marketplace for one-to-one learning."""


@main.command()
def run() -> None:
    """Create and migrate the database, fill the demo world if it is empty, serve the site."""
    from app.main import from_environment

    settings, database = _open()
    doors = opened(settings)
    _migrate(database)
    if settings.demo:
        _plant_if_empty(database)
        click.echo(
            "Demo mode: everyone's password is public, so Skileez listens on this machine only"
            f" ({settings.host})."
        )
        click.echo("Set DEMO=0 to serve people.")
    elif settings.public_url.startswith("http:") and settings.host not in ("127.0.0.1", "::1"):
        click.echo("Over plain http browsers keep no sign-in. Put TLS in front; see docs/.")
    if not settings.demo and not settings.smtp_url:
        click.echo(
            "SMTP_URL is not set: mails are files in DATA_DIR/mail, so that nobody can confirm an"
            " address or get a new password by themselves."
        )
    if not settings.jobs:
        click.echo("Mail, deadlines and sweeping up are left to a worker: ./run worker")
    database.dispose()
    click.echo(f"Skileez is at {settings.public_url}")
    serve(settings, doors, from_environment)


@main.command()
def worker() -> None:
    """Deliver mail and sweep up, beside sites that run with JOBS=0."""
    from app.jobs.timetable import run_jobs

    settings, database = _open()
    _migrate(database)
    database.dispose()
    click.echo("Skileez delivers mail and sweeps up; it serves no pages.")
    run_jobs(settings)


@main.command()
def migrate() -> None:
    """Bring the database up to date; safe while other nodes do the same."""
    _, database = _open()
    _migrate(database)
    click.echo("The database is up to date.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write all of the site to a new FILE, while it goes on serving."""
    with answering():
        made = back_up(_database(Settings.from_env()), file.absolute())
    click.echo(
        f"{file}: {made.row_count:,} rows of {len(made.parts)} tables, read again and whole."
    )


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database from a backup, of either kind of database, and bring it up to date."""
    _, database = _open()
    with answering():
        made = fill(database, file)
    click.echo(f"{made.row_count:,} rows of {made.created_at:%Y-%m-%d %H:%M} UTC are in place.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="for machines")
def doctor(as_json: bool) -> None:
    """Look at all that this node needs, changing nothing; ends with 1 if something is wrong."""
    from app.doctor import examine, is_sound

    findings = examine(os.environ)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(findings)))
    else:
        for one in findings:
            click.echo(f"{one.verdict:8} {one.about:12} {one.says}")
            if one.remedy:
                click.echo(f"{'':21} → {one.remedy}")
    sys.exit(0 if is_sound(findings) else 1)


@main.command()
@click.argument("email")
@click.argument("role", type=click.Choice(["moderator", "administrator", "none"]))
def staff(email: str, role: str) -> None:
    """Let the member with this EMAIL look after the site; none: no longer."""
    _, database = _open()
    _migrate(database)
    try:
        with answering(), database.writing() as db:
            appoint_account(db, email, None if role == "none" else StaffRole(role))
    except NotFound:
        raise click.ClickException(f"Nobody signed up as {email}.") from None
    click.echo(f"{email}: {role}")


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
    from db.seeds import load

    with _progress() as step:
        load.fill(database, size, now=now(), password_hash=_demo_hash(), progress=step)


@main.command()
def routes() -> None:
    """Print every route: name, methods, address, permission."""
    from app.main import create_app

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
        if "allow" in handler.opt  # Litestar adds its own for OPTIONS
    ]
    for name, methods, path, allow in sorted(rows):
        click.echo(f"{name:28} {methods:9} {path:40} {allow}")


@main.command()
@click.argument("noun")
def where(noun: str) -> None:
    """Print every file of a noun, from address to table."""
    found = [
        inside
        for layer in ("app", "db", "tests", "docs")
        for path in sorted((ROOT / layer).rglob("*"))
        if path.is_file() and noun in str(inside := path.relative_to(ROOT))
        if "__pycache__" not in inside.parts
    ]
    if not found:
        raise click.ClickException(f"No file is named after {noun!r}.")
    for path in found:
        click.echo(path)


@main.command()
def assets() -> None:
    """Build the stylesheet, the script and the icons again from their sources."""
    from app.assets import build

    build()


@main.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write a new migration from what the models say and the database lacks."""
    _, database = _open()
    _migrate(database)
    click.echo(write_revision(database, message))


def _open() -> tuple[Settings, Database]:
    settings = Settings.from_env()
    settings.prepare_data_dir()
    return settings, _database(settings)


def _database(settings: Settings) -> Database:
    database = Database(settings.database_url, pool_size=settings.database_pool)
    click.get_current_context().call_on_close(database.dispose)
    return database


def _migrate(database: Database) -> None:
    from db.seeds.skills import add_missing_skills

    with answering():
        bring_up_to_date(database)
        add_missing_skills(database, at=now())


def _plant_if_empty(database: Database) -> bool:
    from db.seeds import demo

    def is_empty() -> bool:
        with database.reading() as db:
            return demo.is_empty(db)

    if not is_empty():
        return False
    try:
        with _progress() as step, database.writing() as db:
            if not demo.is_empty(db):  # two first starts at once: the second one waited here
                return False
            demo.plant(db, now=now(), password_hash=_demo_hash(), progress=step)
    except IntegrityError:
        if is_empty():
            raise
        return False  # on PostgreSQL it did not wait, and the first one was quicker
    return True


def _demo_hash() -> str:
    from app.passwords import DEMO_PASSWORD, hashed

    return hashed(DEMO_PASSWORD)


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


if __name__ == "__main__":
    main()
