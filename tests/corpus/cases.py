"""All cases of the corpus."""

from tests.corpus import (
    cases_cells,
    cases_figures,
    cases_files,
    cases_guards,
    cases_hostile,
    cases_periods,
    cases_special,
    cases_tables,
)
from tests.corpus.case import Case

MODULES = (
    cases_guards,
    cases_hostile,
    cases_files,
    cases_figures,
    cases_cells,
    cases_special,
    cases_tables,
    cases_periods,
)
CASES: list[Case] = [case for module in MODULES for case in module.CASES]
KINDS = (
    "guards",
    "hostile",
    "formats",
    "figures",
    "dates",
    "markers",
    "typography",
    "marks",
    "merged",
    "headings",
    "layout",
    "columns",
    "sheets",
    "totals",
    "keys",
    "periods",
)
