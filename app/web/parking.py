"""What was being sent when the sign-in had run out, parked until its writer has signed in again."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from litestar.response import Response

from app.clock import now
from app.errors import Busy, ProofNeeded, SignInNeeded
from app.forms.form import KEY
from app.forms.text import storable
from app.tokens import hashed, new_token
from app.web.pages import PARKED, came_from, is_ours
from app.web.request import Request
from app.web.respond import go, wants_fragment
from app.web.sign_in import DEVICE, host_cookie, token_of
from db.models.parked_forms import ParkedForm
from db.queries import devices, parked_forms, sign_ins

COOKIE = "__Host-parked"
KEPT_FOR = timedelta(hours=1)
MOST_OF_NOBODY = 1000  # forms at once whose writers nothing tells
NEVER_KEPT = ("password",)
# What a form says besides what was typed into it.
NOT_TYPED = (KEY, "action", "next", "version")


def to_sign_in(request: Request, needed: SignInNeeded | ProofNeeded) -> Response[Any]:
    """The way to the password; what was being sent is parked, and waits behind it."""
    door = "/sign-in/again" if isinstance(needed, ProofNeeded) else "/sign-in"
    if request.write and is_ours(request.scope["path"]) and _typed(request):
        token, number = _park(request)
        response = go(request, f"{door}?next={quote(f'{PARKED}?form={number}', safe='/')}")
        response.cookies.append(host_cookie(COOKIE, token, KEPT_FOR))
        return response
    if request.restoring:
        return go(request, f"{door}?next={quote(request.restoring, safe='/')}")
    query = request.scope["query_string"].decode("latin-1")
    here = request.scope["path"] + (f"?{query}" if query else "")
    asks = request.method in ("GET", "HEAD") and not wants_fragment(request)
    to = f"{door}?next={quote(here if asks else came_from(request), safe='/')}"
    return go(request, to if is_ours(to) else door)


def _typed(request: Request) -> dict[str, list[str]]:
    return {
        name: values
        for name, values in _storable(request).items()
        if name not in NOT_TYPED and any(values)
    }


def _storable(request: Request) -> dict[str, list[str]]:
    """All but passwords."""
    typed = request.posted.items()
    return storable({name: values for name, values in typed if name not in NEVER_KEPT})


def _park(request: Request) -> tuple[str, int]:
    """Returns this browser's token, which several forms may share, and the number of this one."""
    token, path = token_of(request.scope, COOKIE), request.scope["path"]
    with request.database.writing() as db:
        owner = _owner(request, db)
        if owner is None and parked_forms.of_nobody(db, most=MOST_OF_NOBODY) == MOST_OF_NOBODY:
            raise Busy  # a flood; the answer shows what was written
        if not token or not parked_forms.of_token(db, hashed(token), since=now() - KEPT_FOR):
            token = new_token()  # one that parks nothing is never adopted
        fields = _storable(request)
        for earlier in parked_forms.on_the_way_to(db, hashed(token), path):
            if earlier.fields == fields:  # pressed twice
                return token, earlier.id
        form = ParkedForm(
            token_hash=hashed(token),
            account_id=owner,
            path=path,
            page=came_from(request),
            fields=fields,
            created_at=now(),
        )
        db.add(form)
        db.flush()
        return token, form.id


def _owner(request: Request, db: Any) -> int | None:
    """Whose form it is: a sign-in that has run out says so, or who last signed in from here."""
    token, device = token_of(request.scope), token_of(request.scope, DEVICE)
    sign_in = sign_ins.by_token(db, hashed(token)) if token else None
    if sign_in is not None:
        return sign_in.account_id
    return devices.owner_of(db, hashed(device)) if device else None
