"""What it costs to compare a password: next to nothing, but in tests that name `full_cost`."""

import pytest
from argon2 import PasswordHasher

# A little dearer than the hashes that the factories store, so that those are outdated here too,
# and made anew at the next sign-in.
CHEAP = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)
CHEAP_NOBODY = CHEAP.hash("a password that nobody has")


@pytest.fixture
def full_cost() -> None:
    """For tests of what is stored, and of what it costs."""


@pytest.fixture
def hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "full_cost" in request.fixturenames:
        return
    # Here and not above: a test of the database must not need the whole site.
    from app import passwords
    from app.controllers import attempts

    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    monkeypatch.setattr(attempts, "NOBODY", CHEAP_NOBODY)
