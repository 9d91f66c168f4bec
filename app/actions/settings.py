"""Settings: how one is called, how pages look, the time one lives by."""

import msgspec
from sqlalchemy.orm import Session

from app.actions.coach_profiles import mark_to_look_at
from app.actions.search_entries import index_coach
from app.events import record
from app.forms.settings import SettingsForm, TimeZoneForm
from db.queries import accounts, coach_profiles
from db.queries.viewers import Viewer


def update_settings(db: Session, form: SettingsForm, *, by: Viewer) -> None:
    """Keep one's name and how pages look to oneself; history says what changed, not into what."""
    account = accounts.locked(db, by.id)
    wanted = msgspec.structs.asdict(form)
    changed = [name for name, value in wanted.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, wanted[name])
    if by.is_coach and {"first_name", "last_name"} & {*changed}:
        mark_to_look_at(coach_profiles.held(db, by.id), "name")
        index_coach(db, by.id)
    if changed:
        record(db, "settings.updated", by=by, subject=account, changed=changed)


def set_time_zone(db: Session, form: TimeZoneForm, *, by: Viewer) -> None:
    """Show this person every time as the clocks of this zone tell it."""
    account = accounts.locked(db, by.id)
    if account.time_zone != form.time_zone:
        account.time_zone = form.time_zone
        record(db, "settings.time_zone_set", by=by, subject=account)
