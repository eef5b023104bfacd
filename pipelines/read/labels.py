"""A cell's text as a label: cleaned, parted from its footnote, and as it is compared."""

import re
import unicodedata

from pipelines.read.notes import BEHIND_LABEL, SUPERSCRIPTS, without_marks_behind

_INVISIBLE = {
    ord(character): None
    for character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069"
}
"""Soft hyphen, zero-width characters and marks of direction, which come along when text is pasted."""

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'} | dict.fromkeys("‐‑‒–—―−", "-")
)

_FOOTNOTES = re.compile(
    rf"(?<![^\W\d_])((?:[kcm]?m|ft)[²³])|[{SUPERSCRIPTS}](?:,\s?(?=[{SUPERSCRIPTS}]))?", re.IGNORECASE
)


def _clean(text: str) -> str:
    """Composed letters, single spaces, nothing invisible."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def parse_label(text: str) -> tuple[str, str]:
    """A label as it is shown, and the footnote marks that were behind it: `Barnet¹`, `Barnet [note 2]`, `Barnet*`.

    Units such as km² and CO₂ stay. So do digits written plainly, `WALES7,8`: they may be part of the name.
    """
    clean = _clean(text)
    if clean.isascii() and not clean.endswith(("]", "*")):
        return clean, ""
    return without_marks_behind(clean, BEHIND_LABEL)


def plain_key(text: str) -> str:
    """A label as it serves for a key: cleaned, with straight quotes and plain dashes; capitals and marks stay."""
    return _clean(text).translate(_PLAIN)


def normalise(text: str) -> str:
    """A label as it is compared: composed letters, single spaces, straight quotes, plain dashes, no capitals.

    Superscripts are left out, since they are footnotes; in m² and its like they are made digits. What is invisible
    is left out too.
    """
    if text.isascii():
        return " ".join(text.split()).lower()
    once = _normalise_once(text)
    # folding capitals can leave letters that are composed otherwise, and composing them can leave capitals
    while (again := _normalise_once(once)) != once:
        once = again
    return once


def _normalise_once(text: str) -> str:
    plain = _FOOTNOTES.sub(lambda found: found[1] or "", text.translate(_INVISIBLE)).translate(_PLAIN)
    return " ".join(unicodedata.normalize("NFKC", plain).translate(_PLAIN).casefold().split())
