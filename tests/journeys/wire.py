"""What a page costs on the wire, as Chromium receives it."""

from typing import Any

KB = 1000


class Wire:
    """Every answer a page receives: its address and its bytes, headers included."""

    def __init__(self, page: Any) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: Any) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: Any) -> None:
        # What was on its way when the listening began belongs to the page before.
        if event["requestId"] in self.addresses:
            address = self.addresses[event["requestId"]]
            self.bytes[address] = self.bytes.get(address, 0) + int(event["encodedDataLength"])

    def has(self, paths: list[str]) -> bool:
        return all(any(address.endswith(path) for address in self.bytes) for path in paths)

    @property
    def fresh(self) -> dict[str, int]:
        """What did not come from the cache."""
        return {address: size for address, size in self.bytes.items() if size > 0}

    def forget(self) -> None:
        self.bytes.clear()
