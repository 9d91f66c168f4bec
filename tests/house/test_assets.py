"""What pages load: built from its sources, and light enough for thin lines."""

import re
from pathlib import Path

import brotli
import pytest

from app.assets import DIST, ELEMENTS, STATIC, build, load
from app.htmx import without_unused
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


def test_all_our_script_keeps_to_the_budget_of_one() -> None:
    """What pages load, and the worker of who has signed in."""
    scripts = (STATIC.joinpath("dist/app.js").read_bytes(), load().worker.body)
    light = [len(brotli.compress(body, quality=11)) for body in scripts]
    assert sum(light) <= BUDGETS["dist/app.js"], light


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


# What the script leaves out of htmx: attributes, and words in those that it still knows.
@pytest.mark.parametrize("name", [n for n in templates() if "mail" not in n])
def test_no_page_asks_for_what_htmx_has_lost(name: str) -> None:
    lost = "boost|confirm|disable|headers|indicator|preserve"
    found = template_text(name)
    assert not re.findall(rf"\shx-(?:on\b|{lost})|data-hx-|<template", found)
    for attribute, value in re.findall(r"\s(hx-[a-z:-]+)=\"([^\"]*)\"", found):
        assert not re.search(r"\b(js|javascript):|transition:", value), value
        if attribute == "hx-trigger":
            lost = r"every|throttle|once|changed|consume|halt|stop|prevent|target|load|intersect"
            assert not re.search(rf"\b({lost})\b|from:outside|\[[^]]*\]", value), value
        if attribute == "hx-swap":
            assert "textContent" not in value, value
        if attribute in ("hx-target", "hx-include"):
            lost = r"next|previous|find|findAll|global|document|window|body|host"
            assert not re.search(rf"(^|,\s*)({lost})\b", value), value


def test_another_htmx_is_not_cut_blindly() -> None:
    whole = (STATIC / "vendor/htmx/htmx.min.js").read_text(encoding="utf-8")
    assert len(without_unused(whole)) < len(whole) * 0.85
    with pytest.raises(ValueError, match="htmx has changed"):
        without_unused(whole.replace("#ve(e){", "#va(e){"))
    with pytest.raises(ValueError, match="htmx has changed"):
        without_unused(whole + whole)
