"""Colours behind ratings: on a light page, a dark one and in print, the words on them can be read."""

import re

import pytest

from pipelines.document.page import stylesheet
from pipelines.document.typeset import TEMPLATE

RATINGS = {"R": "red", "A": "amber", "G": "green"}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("rating", RATINGS)
def test_a_rating_is_legible_on_its_colour_on_a_light_and_a_dark_page(rating: str) -> None:
    papers, inks = (
        re.findall(rf"--{RATINGS[rating]}-{part}: (#[0-9a-f]{{6}})", stylesheet()) for part in ("paper", "ink")
    )
    assert len(papers) == len(inks) == 2  # light and dark
    assert all(contrast(paper, ink) >= 7 for paper, ink in zip(papers, inks, strict=True))
    assert f".tone-{rating} {{ background: var(--{RATINGS[rating]}-paper); color: var(--{RATINGS[rating]}-ink)" in (
        stylesheet()
    )


@pytest.mark.parametrize("rating", RATINGS)
def test_a_rating_is_legible_on_its_colour_in_print(rating: str) -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    found = {
        kind: re.findall(rf'#let {kind} = .*?\b{rating}: rgb\("(#[0-9a-f]{{6}})"\)', template)
        for kind in ("papers", "inks")
    }
    [paper], [ink] = found["papers"], found["inks"]
    assert contrast(paper, ink) >= 7
