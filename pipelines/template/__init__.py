"""Empty workbooks that a source's contract asks for, which pass `check` once they are filled."""

from pipelines.template.book import write_template
from pipelines.template.plan import NoTemplate

__all__ = ["NoTemplate", "write_template"]
