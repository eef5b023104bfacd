"""What does not fit together in the supplied figures is found, and what fits is not."""

import pytest

from tests.sql.harness import Row, day, dec, run


def findings(target: Row, polarity: str) -> list[Row]:
    base = {
        "measure_code": "IN.1.2",
        "period_label": "2021-22",
        "target_type": "numeric",
        "target_value": "27",
        "workbook": "Portfolio Agreement 2021-22.xlsx",
        "sheet": "Measures",
        "cell": "K6",
        "cell_text": "27%",
    }
    measure = {"measure_code": "IN.1.2", "measure_name": "Small grants", "polarity": polarity, "category": "Council"}
    return run("marts.reconciliation_finding", {"marts.target": [base | target], "marts.measure": [measure]})


def share_findings(stated: str) -> list[Row]:
    values = {"SECTOR.3": stated, "SECTOR.2": "147", "IN.14": "1672"}
    sector = [
        {"measure_code": code, "period_label": "2021-10", "edition": "e", "authority_value": value, "origin_id": code}
        for code, value in values.items()
    ]
    origin = {"origin_id": "SECTOR.3", "workbook": "Sector.xlsx", "sheet": "Summary", "cell": "C7", "cell_text": stated}
    return run("marts.reconciliation_finding", {"marts.sector": sector, "marts.observation_origin": [origin]})


def test_a_numeric_target_without_polarity_is_found_at_its_cell() -> None:
    [row] = findings({}, "none")
    assert row["check_name"] == "numeric_target_without_polarity"
    assert (row["severity"], row["published"]) == ("warn", "27%")
    assert (row["workbook"], row["sheet"], row["cell"]) == ("Portfolio Agreement 2021-22.xlsx", "Measures", "K6")
    assert "IN.1.2" in row["subject"]
    assert "Small grants" in row["explanation"]


@pytest.mark.parametrize("polarity", ["high", "low"])
def test_a_numeric_target_with_polarity_is_no_finding(polarity: str) -> None:
    assert findings({}, polarity) == []


@pytest.mark.parametrize("target_type", ["none", "maximise", "minimise", "to_be_confirmed"])
def test_without_a_numeric_target_no_polarity_is_needed(target_type: str) -> None:
    assert findings({"target_type": target_type, "target_value": None}, "none") == []


def test_a_share_that_its_numbers_do_not_give_is_found() -> None:
    [row] = share_findings("8")
    assert (row["check_name"], row["published"], row["recomputed"]) == ("share_of_social_enterprises", "8", "8.79%")
    assert row["difference"] == dec("0.791866")


@pytest.mark.parametrize("stated", ["9", "8.8", "8.79"])
def test_a_share_that_its_numbers_give_is_no_finding(stated: str) -> None:
    assert share_findings(stated) == []


def test_a_finding_of_a_corrected_agreement_is_said_once() -> None:
    target: Row = {"measure_code": "IN.1.2", "period_label": "2021-22", "target_type": "numeric", "cell": "K6"}
    targets = [target | {"superseded_on": day("2021-11-20")}, target | {"as_at": day("2021-11-20")}]
    measure: Row = {"measure_code": "IN.1.2", "polarity": "none"}
    assert len(run("marts.reconciliation_finding", {"marts.target": targets, "marts.measure": [measure]})) == 1
