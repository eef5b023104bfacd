"""Another authority than Stockport: its figures are under its code, and it is the one that is rated."""

from pipelines.authorities import Authority
from pipelines.warehouse.inputs import authority_rows
from tests.sql.harness import Row, dec, run, run_one
from tests.sql.staged import figure, receipts, staged

TAMESIDE = Authority("E08000008", "Tameside", "Tameside Metropolitan Borough Council", ("TMBC",))
OF_TAMESIDE = {"staged.authority": authority_rows(TAMESIDE).to_dicts()}
OF_CARDIFF = {"staged.authority": authority_rows(Authority("W06000015", "Cardiff", "Cardiff Council")).to_dicts()}
SECTOR: Row = staged("sector October", 4, "2021-10", "2021-10-01", 1, indicator="Number of VCSE groups")
SECTOR |= figure("authority", dec("900"), "B", 4) | figure("greater_manchester", dec("17000"), "C", 4)


def test_the_authority_is_named_and_no_other_is_it() -> None:
    assert run_one("marts.authority", OF_TAMESIDE) == {
        "area_code": "E08000008",
        "authority_name": "Tameside",
        "organisation": "Tameside Metropolitan Borough Council",
    }
    own = {row["area_code"] for row in run("marts.area", OF_TAMESIDE) if row["is_authority"]}
    assert own == {"E08000008"}


def test_its_other_names_are_known_as_areas() -> None:
    named = {row["area_alias"]: row["area_code"] for row in run("staging.area", OF_TAMESIDE)}
    assert (named["TMBC"], named["Tameside"], named["Stockport"]) == ("E08000008", "E08000008", "E08000007")


def test_an_authority_that_no_list_has_is_an_area_too() -> None:
    [own] = [row for row in run("marts.area", OF_CARDIFF) if row["is_authority"]]
    assert (own["area_code"], own["area_name"], own["area_type"]) == ("W06000015", "Cardiff", "local authority")


def test_figures_that_name_no_area_are_the_authoritys() -> None:
    given = {
        **OF_TAMESIDE,
        "staged.state_of_the_sector_summary": [SECTOR],
        "staged.receipt": receipts(),
    }
    areas = {row["area_code"]: row["amount"] for row in run("measures.state_of_the_sector", given)}
    assert areas == {"E08000008": dec("900"), "E47000001": dec("17000")}
