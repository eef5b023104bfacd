"""What footnote and status marks say."""

import pytest

from pipelines.read.notes import is_provisional


@pytest.mark.parametrize(
    "note", ["[p]", "(p)", "P", "ᵖ", "[e]", "(e)", "[f]", "provisional", "(Prov)", "estimate", "¹ [r] [p]"]
)
def test_figure_that_will_change(note: str) -> None:
    assert is_provisional(note)


@pytest.mark.parametrize("note", ["", "[r]", "R", "revised", "³", "[note 3]", "*", "[u]", "[b]", "[er]", "ʳ"])
def test_figure_that_is_final(note: str) -> None:
    assert not is_provisional(note)
