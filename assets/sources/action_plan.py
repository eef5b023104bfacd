"""The action delivery plan of the engagement strategy: what is to be done, by whom, when, and for which indicator."""

from datetime import date

import pandera.polars as pa

from pipelines.contract.model import Day, Fact, Rows, Source, Table, TargetDate, Text
from pipelines.periods import financial_year


class Actions(pa.DataFrameModel):
    """One row per action."""

    objective: str = pa.Field(description="number and title of the strategic objective that it serves")
    outcome: str = pa.Field(description="outcome that the objective is to bring about")
    action_group: str = pa.Field(description="code and title of the group, or groups, that it belongs to")
    subheading: str = pa.Field(nullable=True, description="whom within the group it is for")
    delivery: str = pa.Field(description="what is to be done")
    responsibility: str = pa.Field(description="who is to do it, as printed; may name several")
    target_date: str = pa.Field(nullable=True, description="when it is to be done, in words")
    target_date_kind: str = pa.Field(
        isin=["dated", "recurring", "ongoing", "undated"], description="what the words say of when"
    )
    risks: str = pa.Field(nullable=True, description="financial implications, risks and barriers")
    indicators: str = pa.Field(nullable=True, description="indicators that it is to move; may name several")
    done_on: date = pa.Field(nullable=True, description="day on which it was done; blank until then")


source = Source(
    name="action_plan",
    title="Action delivery plan",
    owner="Stronger Communities Partnership",
    licence="internal",
    expected="when the Partnership's board has considered it; again, with the days in 'Done on', as actions are done",
    period_in_words="Action delivery plan 2010-11.xlsx",
    tables=[
        Table(
            name="actions",
            schema=Actions,
            key=("action_group", "delivery"),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Action plan",),
                    sections={
                        "objective": Fact(r"STRATEGIC OBJECTIVE (\d+: .+)"),
                        "outcome": Fact(r"OUTCOME: (.+)"),
                        "action_group": Fact(r"ACTION (\d[A-Z].*: .+)"),
                        "subheading": Fact(r"(.+) [-–]", required=False),
                    },
                    page_breaks=True,
                    columns={
                        "delivery": Text("Delivery", located=True),
                        "responsibility": Text("Responsibility for delivery", located=True),
                        "target_date": TargetDate("Target Date", required=False, located=True),
                        "risks": Text("Financial implications / risks / barriers", required=False, located=True),
                        "indicators": Text("Link to indicator", required=False, located=True),
                        "done_on": Day("Done on", "Completed on", "Date completed", optional=True, located=True),
                    },
                )
            ],
        )
    ],
)
