"""Labels as they are shown, as they serve for keys and as they are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.labels import normalise, parse_label, plain_key

names = st.text("abcdefgh XYZé’-", min_size=1, max_size=20).filter(lambda name: name == " ".join(name.split()))


@pytest.mark.parametrize(
    ("text", "label", "note"),
    [
        pytest.param("Barnet", "Barnet", "", id="plain"),
        pytest.param("Barnet¹", "Barnet", "¹", id="superscript"),
        pytest.param("Barnet ¹²", "Barnet", "¹ ²", id="two_superscripts_behind_a_space"),
        pytest.param("Barnet¹, ²", "Barnet", "¹ ²", id="superscripts_with_a_comma"),
        pytest.param("Barnet [1]", "Barnet", "[1]", id="number_in_brackets"),
        pytest.param("Barnet [note 2]", "Barnet", "[note 2]", id="note_in_brackets"),
        pytest.param("Barnet [Notes 1 and 2]", "Barnet", "[Notes 1 and 2]", id="two_notes_in_brackets"),
        pytest.param("Barnet [r]", "Barnet", "[r]", id="revised"),
        pytest.param("Barnet*", "Barnet", "*", id="star"),
        pytest.param("Barnet †", "Barnet", "†", id="dagger"),
        pytest.param("Barnet¹ [r]", "Barnet", "¹ [r]", id="superscript_and_status"),
        pytest.param("ENGLAND AND WALES7,8", "ENGLAND AND WALES7,8", "", id="plain_digits_may_be_of_the_name"),
        pytest.param("Key Stage 2", "Key Stage 2", "", id="number_of_the_name"),
        pytest.param("Area (km²)", "Area (km²)", "", id="unit_in_brackets"),
        pytest.param("Area km²", "Area km²", "", id="square_kilometres"),
        pytest.param("Floor space m²³", "Floor space m²", "³", id="footnote_behind_a_unit"),
        pytest.param("Tonnes of CO₂", "Tonnes of CO₂", "", id="subscript"),
        pytest.param("Liberal (R)", "Liberal (R)", "", id="letter_of_the_name"),
        pytest.param("Item²", "Item", "²", id="name_that_ends_like_a_unit"),
        pytest.param("*", "*", "", id="nothing_but_a_mark"),
        pytest.param("[1]", "[1]", "", id="nothing_but_a_note"),
        pytest.param(" Support\u00a0 Funds\n", "Support Funds", "", id="spaces"),
        pytest.param("Sup\u00adport\u200b Funds", "Support Funds", "", id="soft_hyphen_and_zero_width_space"),
        pytest.param("\u200eSupport\ufeff", "Support", "", id="marks_of_direction_and_of_byte_order"),
        pytest.param("Cafe\u0301", "Café", "", id="letters_composed"),
        pytest.param("Don’t know", "Don’t know", "", id="curly_quote_is_shown"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_label_is_parted_from_its_footnote(text: str, label: str, note: str) -> None:
    assert parse_label(text) == (label, note)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Don’t  know", "Don't know", id="curly_apostrophe"),
        pytest.param("“Yes”", '"Yes"', id="curly_quotes"),
        pytest.param("16–24", "16-24", id="en_dash"),
        pytest.param("16—24", "16-24", id="em_dash"),
        pytest.param("16‑24", "16-24", id="no_break_hyphen"),
        pytest.param("Area km²", "Area km²", id="unit_stays"),
        pytest.param("ENGLAND", "ENGLAND", id="capitals_stay"),
    ],
)
def test_key_has_plain_quotes_and_dashes(text: str, key: str) -> None:
    assert plain_key(text) == key


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("  subject   AREA ", id="capitals_and_spaces"),
        pytest.param("Subject\u00a0area", id="no_break_space"),
        pytest.param("Subject\u200b area", id="zero_width_space"),
        pytest.param("Sub\u00adject area", id="soft_hyphen"),
        pytest.param("Subject\narea", id="line_break"),
        pytest.param("Subject area¹", id="superscript"),
        pytest.param("Subject area¹, ²", id="superscripts_with_a_comma"),
        pytest.param("Subject¹ area", id="superscript_within"),
    ],
)
def test_labels_alike_are_the_same(text: str) -> None:
    assert normalise(text) == "subject area"


def test_quotes_and_dashes_alike_are_the_same() -> None:
    assert normalise("Don’t know – “yes”") == 'don\'t know - "yes"'


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert normalise("Cafe\u0301") == normalise("Café")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Barnet1", "Barnet", id="plain_digit_is_kept"),
        pytest.param("Volume m³", "Volume m²", id="units_differ"),
        pytest.param("16-24", "1624", id="dash_is_kept"),
    ],
)
def test_labels_that_differ_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_unit_is_the_same_with_a_superscript_and_with_a_digit() -> None:
    assert normalise("Area (km²)") == normalise("area (km2)")


@given(st.text(max_size=40))
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=40))
def test_ascii_takes_the_short_way_to_the_same_place(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert normalise(plain) == normalise(f"{plain}\u200b")
    assert parse_label(plain) == parse_label(f"{plain}\u200b")
    assert plain_key(plain) == plain_key(f"{plain}\u200b")


@given(name=names, mark=st.sampled_from(["¹", " ²³", " [1]", "[note 12]", "*", " ‡", " [r] [p]"]))
def test_any_name_is_found_again_without_its_mark(name: str, mark: str) -> None:
    label, note = parse_label(name + mark)
    assert label == unicodedata.normalize("NFC", name)
    assert note.replace(" ", "") == mark.replace(" ", "")


@given(st.one_of(st.text(max_size=30), st.text("ab1²³¹ ,[]*†note m", max_size=20)))
def test_no_letter_of_a_label_is_lost(text: str) -> None:
    label, note = parse_label(text)
    whole = parse_label(f"{text}.")[0].removesuffix(".")
    assert (label + note).replace(" ", "").replace(",", "") == whole.replace(" ", "").replace(",", "")
    assert parse_label(label) == (label, "")
