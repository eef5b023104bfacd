"""The way of a figure: rating, rule, value, what it was divided by, and every cell behind it."""

from pipelines.explain.answer import Explanation, NotKnown, explain
from pipelines.explain.wording import as_text

__all__ = ["Explanation", "NotKnown", "as_text", "explain"]
