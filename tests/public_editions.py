"""The published editions that tests may read and the project does not contain, in the folder that an environment
variable names."""

import csv
import os
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

VARIABLE = "PUBLIC_EDITIONS_DIR"
SOURCES = ("fe_learners", "lait", "police_force_areas", "population")

RECEIVED_ON = {
    "LAIT data dictionary.csv": "2024-11-20",
    "Statistical neighbours May 2025.xlsx": "2025-05-31",
    "pfatablesdec19.xlsx": "2020-04-23",
    "policeforceareatablesyearendingmarch2018v2.xlsx": "2018-07-19",
    "policeforceareatablesyearendingsep18corrected.xlsx": "2019-02-06",
    "policeforceareatablesyeendingmarch2019.xlsx": "2019-07-18",
    "ukmidyearestimates20192020ladcodes.xls": "2020-06-24",
    "ukpopestimatesmid2020on2021geography.xlsx": "2021-06-25",
}
"""Day of publication, or of the first extract for the dictionary, of files that do not bear a day in their name."""


def public_editions_dir() -> Path:
    """The folder of published editions; skips the test, saying so, where none is named."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} is not set: name the folder that holds the published editions {', '.join(SOURCES)}")
    folder = Path(named)
    missing = [source for source in SOURCES if not (folder / source).is_dir()]
    assert not missing, f"{VARIABLE} is {named}, and there is no folder {' or '.join(missing)} in it"
    return folder


def public_files(folder: Path) -> list[Path]:
    """All published editions, source by source."""
    return [path for source in SOURCES for path in sorted((folder / source).iterdir())]


def received_on(path: Path) -> str:
    """The day on which an edition became known: the one in its name, or that of its publication."""
    dated = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    return dated[0] if dated else RECEIVED_ON[path.name]


def supply_public_editions(raw: Path, folder: Path) -> None:
    """Copies the editions into raw/ and enters each in the register there, with its day."""
    with (raw / "received.csv").open("a", encoding="utf-8", newline="") as register:
        lines = csv.writer(register, lineterminator="\n")
        for path in sorted(public_files(folder), key=received_on):
            source = path.parent.name
            (raw / source).mkdir(exist_ok=True)
            shutil.copyfile(path, raw / source / path.name)
            lines.writerow((source, path.name, sha256(path.read_bytes()).hexdigest(), received_on(path)))
