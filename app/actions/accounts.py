"""Accounts: made, and looked at from one side or the other."""

import re
import secrets

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.attempts import may_be_mailed
from app.actions.emails import send_confirmation
from app.clock import now
from app.errors import Busy, NotFound
from app.events import record
from app.forms.accounts import Intent, SignUpForm
from app.notify import accounts as tell
from db.models.accounts import Account, Side, StaffRole
from db.models.profiles import CoachProfile, StudentProfile
from db.queries import accounts, profiles, viewers
from db.queries.viewers import Viewer
from db.search_text import fold


class Taken(Exception):
    """An address that somebody else can still take back."""


NOT_IN_HANDLES = re.compile(r"[^a-z0-9]+")


def appoint_account(db: Session, email: str, role: StaffRole | None) -> None:
    """Let a member look after the site, or no longer. NotFound when nobody has this address."""
    account = accounts.locked_by_email(db, email)
    if account is None:
        raise NotFound
    account.staff_role = role
    record(db, "account.appointed", by=None, subject=account, role=role)


def create_account(db: Session, form: SignUpForm, password_hash: str) -> None:
    """Make an account with the sides its owner came for, and mail the link that confirms it.

    A known address stays as it is, and its owner is told. Both cases write history and a mail and
    wait for one commit, so that the answer's time does not tell who is a member.
    """
    account = _stored(db, form, password_hash)
    if account is None:
        _tell_the_owner(db, form.email)
        return
    person = viewers.of_account(db, account.id)
    event = record(db, "account.created", by=person, subject=account, intent=form.intent)
    send_confirmation(db, account, event)


def switch_role(db: Session, side: Side, *, by: Viewer) -> None:
    """Look from this side from now on, in every browser; a side one lacks is gained by it.

    The new side begins empty, and the other one stays as it is.
    """
    account = accounts.locked(db, by.id)
    # Asked again now that the account is held: the same press may have come twice.
    if not by.has(side) and not profiles.has_side(db, account.id, side):
        ADD_SIDE[side](db, account)
        record(db, "account.side_added", by=by, subject=account, added=side)
    # No history row for this: the view is a preference and grants nothing.
    account.role_view = side


def _stored(db: Session, form: SignUpForm, password_hash: str) -> Account | None:
    """The new account, or None when somebody has this address, or can still take it back.

    Both take about as many statements, since the time of the answer tells how many there were.
    """
    name = f"{form.first_name} {form.last_name}"
    for handle in [""] if form.intent is Intent.LEARN else _free_handles(db, name):
        try:
            with db.begin_nested():
                return _with_sides(db, form, password_hash, handle)
        except Taken:
            return None
        except IntegrityError:
            # It is the address; or, on PostgreSQL, a namesake took the handle in this moment.
            if accounts.is_taken(db, form.email, but=accounts.NOBODY.id, at=now()):
                return None
    raise Busy


def _with_sides(db: Session, form: SignUpForm, password_hash: str, handle: str) -> Account:
    account = _new_account(form, password_hash)
    db.add(account)
    db.flush()
    if form.intent is not Intent.TEACH:
        _add_student_side(db, account)
    if handle:
        db.add(CoachProfile(account_id=account.id, handle=handle, created_at=now()))
    db.flush()
    # Only now, when whoever gave the address up a moment ago has done so.
    if accounts.is_taken(db, form.email, but=account.id, at=now()):
        raise Taken
    return account


def _tell_the_owner(db: Session, email: str) -> None:
    owner = accounts.locked_by_email(db, email)
    event = record(db, "account.sign_up_repeated", by=None, subject=owner or accounts.NOBODY)
    if owner is not None and may_be_mailed(db, "account_exists", email):
        tell.account_exists(db, owner, event)
    else:
        tell.nobody(db, "account_exists", email, event)


def _new_account(form: SignUpForm, password_hash: str) -> Account:
    return Account(
        first_name=form.first_name,
        last_name=form.last_name,
        email=form.email,
        email_folded=accounts.folded(form.email),
        password_hash=password_hash,
        role_view=Side.COACH if form.intent is Intent.TEACH else Side.STUDENT,
        time_zone=form.time_zone,
        created_at=now(),
    )


def _add_student_side(db: Session, account: Account) -> None:
    db.add(StudentProfile(account_id=account.id, created_at=now()))


def _add_coach_side(db: Session, account: Account) -> None:
    # On PostgreSQL a namesake may take the same free handle in the same moment.
    for handle in _free_handles(db, account.name):
        try:
            with db.begin_nested():
                db.add(CoachProfile(account_id=account.id, handle=handle, created_at=now()))
            return
        except IntegrityError:
            continue


def _free_handles(db: Session, name: str) -> list[str]:
    """Readable names that no coach has yet: carla-ruiz, carla-ruiz-2, …"""
    readable = NOT_IN_HANDLES.sub("-", fold(name))[:50].strip("-") or "coach"
    wanted = [readable, *(f"{readable}-{number}" for number in range(2, 10))]
    taken = profiles.taken_handles(db, wanted)
    return [
        *(handle for handle in wanted if handle not in taken),
        f"{readable}-{secrets.token_hex(4)}",
    ]


ADD_SIDE = {Side.STUDENT: _add_student_side, Side.COACH: _add_coach_side}
