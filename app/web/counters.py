"""What limits count with: Valkey, where all nodes do it together, or the memory of this process."""

import asyncio
import logging
from itertools import islice
from typing import Any

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError

from app.clock import now

log = logging.getLogger("skileez")

PATIENCE = 0.1  # seconds that a page may wait for Valkey, once in each PAUSE
PAUSE = 10.0  # seconds without Valkey before it is asked again
MOST_KEYS = 50_000  # an IPv6 network has more addresses than any memory


class Memory(MemoryStorage):
    """The library's, which at each request would look through all keys for those that are over."""

    full = MOST_KEYS

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; what is over goes when there is no more room, and then what began first."""
        await self.get(key)  # forgets this one if it is over
        if len(self.storage) >= self.full:
            self._make_room()
        self.storage[key] += amount
        end = now().timestamp() + expiry
        self.expirations[key] = min(self.expirations.get(key, end), end)  # the clock may go back
        return self.storage[key]

    def _make_room(self) -> None:
        at = now().timestamp()
        gone = [key for key, end in self.expirations.items() if end <= at]
        gone = gone or list(islice(self.expirations, self.full // 2))
        for key in gone:
            self.storage.pop(key, None)
            self.expirations.pop(key, None)


class Counters:
    """Asks Valkey if there is one; while it is gone or slow, each process counts for itself."""

    def __init__(self, url: str, *, pause: float = PAUSE) -> None:
        self.memory = FixedWindowRateLimiter(Memory())
        self.valkey = _valkey(url) if url else None
        self.shared = FixedWindowRateLimiter(self.valkey) if self.valkey else None
        self.pause = pause
        self.is_away = False
        self.ask_again = 0.0

    async def seconds_to_wait(self, limit: RateLimitItem, key: str) -> int:
        """0, and one more is counted; or how long until there is room again."""
        if self.shared is not None and self._may_be_asked():
            try:
                async with asyncio.timeout(PATIENCE):
                    seconds = await _hit(self.shared, limit, key)
            except (StorageError, OSError) as error:
                self._is_gone(error)
            else:
                self._is_here()
                return seconds
        return await _hit(self.memory, limit, key)

    async def close(self) -> None:
        """Close the connections to Valkey."""
        if self.valkey is not None:
            bridge: Any = self.valkey.bridge
            await bridge.get_connection().aclose()

    def _may_be_asked(self) -> bool:
        if not self.is_away:
            return True
        time = asyncio.get_running_loop().time()
        if time < self.ask_again:
            return False
        self.ask_again = time + self.pause  # one request looks, the others go on
        return True

    def _is_gone(self, error: Exception) -> None:
        self.ask_again = asyncio.get_running_loop().time() + self.pause
        if not self.is_away:
            self.is_away = True
            log.warning("Valkey is gone (%s); limits count here meanwhile", type(error).__name__)

    def _is_here(self) -> None:
        if self.is_away:
            self.is_away = False
            log.warning("Valkey is back")


async def _hit(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: str) -> int:
    if await limiter.hit(limit, key):
        return 0
    window = await limiter.get_window_stats(limit, key)
    return max(1, round(window.reset_time - now().timestamp()))


def _valkey(url: str) -> RedisStorage:
    return RedisStorage(
        url, wrap_exceptions=True, implementation="valkey", key_prefix="skileez",
        socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE,
    )  # fmt: skip
