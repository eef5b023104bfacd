"""The page of benchmarks: parts measured anew take the place of their sections, the others stand."""

from datetime import UTC, datetime

from benchmarks.page import section, with_sections
from benchmarks.ratios import Ratio

ORDER = ("reading", "country", "growth")


def test_a_part_measured_anew_takes_its_place_and_the_others_stand() -> None:
    first = with_sections("", {"growth": "as before\n", "reading": "old\n"}, ORDER)
    assert first.index("## Reading") < first.index("## Growth")
    second = with_sections(first, {"reading": "new\n", "country": "one more\n"}, ORDER)
    parts = [part.split("\n", 1) for part in second.split("\n## ")[1:]]
    assert [(name, text.strip()) for name, text in parts] == [
        ("Reading", "new"),
        ("Country", "one more"),
        ("Growth", "as before"),
    ]
    assert with_sections(second, {}, ORDER) == second


def test_a_part_that_is_gone_leaves_the_page() -> None:
    page = with_sections("", {"growth": "text\n"}, ORDER)
    assert "Growth" not in with_sections(page, {"reading": "new\n"}, ORDER[:2])


def test_a_section_says_what_was_met_and_when() -> None:
    ratios = [
        Ratio("one to other", 1.5, 2.0, told="3 s"),
        Ratio("slow", 9.0, 2.0),
        Ratio("times", 6.0, 5.0, at_least=True),
    ]
    text = section("About.", ratios, datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert "On 2 July 2026" in text  # in London it is the next day
    assert "| one to other | 1.50 | at most 2 | yes | 3 s |" in text
    assert "| slow | 9.00 | at most 2 | **no** |  |" in text
    assert "| times | 6.00 | at least 5 | yes |  |" in text
