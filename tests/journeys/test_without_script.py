"""Every page once more without JavaScript: what can be read with it can be read without."""

import re
from typing import Any

import pytest

from tests.journeys.test_every_page import addresses, known, unknown

__all__ = ["addresses", "known"]  # fixtures


def lines(page: Any) -> set[str]:
    """What can be read in the page, without what a minute or a first look changes."""
    found = page.locator("main").inner_text().splitlines()
    return {line.strip() for line in found if not re.search(r"\d:\d\d|ago|now|^New$", line)} - {""}


@pytest.mark.parametrize("who", ["guest", "sofia", "carla"])
def test_without_script_pages_show_everything(open_as, addresses, known, who):
    scripted, plain = open_as(who), open_as(who, script=False)
    missing = {}
    for address, status, _ in unknown(scripted, addresses, known):
        if status < 400:
            plain.goto(address)
            scripted.goto(address)
            missing[address] = lines(scripted) - lines(plain)
    assert not {address: gone for address, gone in missing.items() if gone}
