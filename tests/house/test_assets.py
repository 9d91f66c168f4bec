"""What pages load: built from its sources, and light enough for thin lines."""

import re
from pathlib import Path

import brotli
import pytest

from app.assets import DIST, ELEMENTS, STATIC, build
from tests.house.source import ROOT, template_text, templates, text

# Bytes on the wire, compressed.
BUDGETS = {
    "dist/app.css": 12_000,
    "dist/app.js": 15_500,
    "dist/icons.svg": 2_200,
    "fonts/inter.woff2": 19_000,
    "fonts/inter-ext.woff2": 11_000,
}


@pytest.mark.parametrize("name", BUDGETS)
def test_an_asset_keeps_to_its_budget(name: str) -> None:
    body = (STATIC / name).read_bytes()
    light = body if name.endswith(".woff2") else brotli.compress(body, quality=11)
    assert len(light) <= BUDGETS[name], f"{name} is {len(light)} bytes on the wire"


def test_the_built_files_are_what_their_sources_make(tmp_path: Path) -> None:
    build(tmp_path)
    for built in sorted(DIST.iterdir()):
        assert (tmp_path / built.name).read_bytes() == built.read_bytes(), (
            f"app/static/dist/{built.name} is not what ./run assets makes"
        )


def test_the_font_and_the_icons_bring_their_licences() -> None:
    for folder in ("fonts", "icons", "vendor/htmx"):
        assert list((STATIC / folder).glob("LICENSE*")), folder
    assert "MIT License" in text("LICENSE")
    assert (ROOT / "LICENSE").is_file()


@pytest.mark.parametrize("name", [n for n in templates() if "mail" not in n])
def test_no_page_has_an_element_that_the_stylesheet_leaves_out(name: str) -> None:
    assert not re.findall(rf"<({'|'.join(ELEMENTS)})\b", template_text(name))
