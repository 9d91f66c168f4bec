"""Looks at everything a node needs, changes nothing, and says of each thing what to do about it."""

import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from app.doctor.backups import backups
from app.doctor.database import database
from app.doctor.files import disk, files
from app.doctor.finding import Finding, Verdict, fault, fine
from app.doctor.lines import mail, proxies, valkey
from app.settings import Settings, WrongSetting

LIMIT = 30.0  # seconds for everything; the parts have shorter ones of their own

Look = Callable[[Settings], Iterable[Finding]]
LOOKS: tuple[Look, ...] = (database, mail, valkey, proxies, files, disk, backups)


def examine(env: Mapping[str, str], *, limit: float = LIMIT) -> list[Finding]:
    """Everything that was found, the database first. It takes `limit` seconds at most."""
    try:
        settings = Settings.from_env(env)
    except WrongSetting as wrong:
        return [fault("settings", str(wrong), "Correct it: docs/configuration.md has all of them.")]
    found: dict[Look, list[Finding]] = {}
    over = threading.Semaphore(0)

    def look_at(look: Look) -> None:
        try:
            found[look] = list(look(settings))
        except Exception as error:  # whatever it is, the rest is looked at
            found[look] = [_puzzle(look, f"It could not be looked at: {type(error).__name__}.")]
        over.release()

    # Side by side and never waited for: what hangs must keep nobody from hearing of the rest.
    for look in LOOKS:
        threading.Thread(target=partial(look_at, look), daemon=True).start()
    timer = threading.Timer(limit, over.release, [len(LOOKS)])
    timer.daemon = True
    timer.start()
    for _ in LOOKS:
        over.acquire()
    timer.cancel()
    late = f"No answer within {limit:g} seconds."
    answers = [found.get(look, [_puzzle(look, late)]) for look in LOOKS]
    return [fine("settings", "All can be used."), *(one for some in answers for one in some)]


def _puzzle(look: Look, says: str) -> Finding:
    return fault(look.__name__, says, "Try it again, and look at what the site writes to its log.")


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing is at fault; warnings may be."""
    return all(one.verdict is not Verdict.FAULT for one in findings)
