"""Makes the files of the open data of a quarter."""

from pipelines.csv_text import csv_bytes
from pipelines.document.page import page
from pipelines.open_data.changes import COLUMNS, changes, quarter_before
from pipelines.open_data.describing import csvw_metadata, datapackage
from pipelines.open_data.page import open_data_page
from pipelines.open_data.sets import DataSet, data_sets
from pipelines.open_data.tabular import parquet_bytes
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter
from pipelines.report.wording import quarter_in_words

FOLDER = "open_data"

_SUPPRESSED = """
select table_name, measure_code, period_label, count(*) as figures
from marts.suppression
group by all
order by all
"""


def open_data_files(quarter: Quarter) -> dict[str, bytes]:
    """CSV, Parquet, their metadata, the changes since the quarter before and the page that shows them all."""
    [head] = quarter.rows("select * from marts.reporting_quarter where report_quarter = $quarter")
    title = f"Inclusive Neighbourhoods: open data, {quarter_in_words(head)}"
    sets, found = data_sets(quarter), changes(quarter)
    files = {name: content for each in sets for name, content in _tables(each).items()}
    files["changes.csv"] = csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in found])
    files["datapackage.json"] = datapackage(quarter.label, title, sets, files)
    files["csv-metadata.json"] = csvw_metadata(title, sets)
    [rule] = quarter.rows("select * from marts.suppression_rule")
    document = open_data_page(
        title, quarter.publisher.organisation, sets, (quarter_before(quarter), found), rule, quarter.rows(_SUPPRESSED)
    )
    files["index.html"] = page(document, navigation=navigation(1), here=f"../{FOLDER}/index.html").encode()
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def _tables(data: DataSet) -> dict[str, bytes]:
    names = [column.name for column in data.table.columns]
    return {f"{data.name}.csv": csv_bytes(names, data.rows), f"{data.name}.parquet": parquet_bytes(data.arrow)}
