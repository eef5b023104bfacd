"""The sheets about services, money, plans and what is not right, in the order in which they stand."""

from pipelines.publication.suppressed import join_hidden
from pipelines.spreadsheet.sheets import MISSING, BookColumn, Sheet, known

MORE_SHEETS = (
    Sheet(
        "Sector",
        "Voluntary, community and social enterprise sector: {authority} beside Greater Manchester",
        "state_of_the_sector",
        (
            BookColumn("Measure code", "measure_code"),
            BookColumn("Measure", "measure_name", width=45),
            BookColumn("Month", "period_label"),
            BookColumn("Unit", "unit", width=12),
            BookColumn("{authority}", "authority_value", "figure", missing=MISSING),
            BookColumn("Greater Manchester", "greater_manchester_value", "figure", missing=MISSING),
            BookColumn("Note", "note", width=50),
        ),
        known("marts.sector", "shown.*", "shown.measure_code, shown.period_start, shown.edition"),
    ),
    Sheet(
        "Events",
        "Collaboration events by kind",
        "collaboration_events",
        (
            BookColumn("Period", "period_label"),
            BookColumn("Kind of event", "event", width=34),
            BookColumn("Events", "event_count", "whole"),
            BookColumn("Online", "online_count", "whole"),
            BookColumn("In person", "in_person_count", "whole"),
            BookColumn("People who came", "attendance_count", "whole", missing=MISSING),
        ),
        known(
            "marts.sector_event",
            "shown.*, suppressed.hidden",
            "shown.period_start, shown.event",
            join_hidden("sector_event", "shown"),
        ),
    ),
    Sheet(
        "Grant schemes",
        "Grants of the Department for Work and Pensions: allocated and paid",
        "grant_schemes",
        (
            BookColumn("Scheme", "scheme", width=30),
            BookColumn("From", "period_start", "date"),
            BookColumn("Up to, not including", "period_end", "date"),
            BookColumn("Allocated, pounds", "allocation_pounds", "pounds", missing=MISSING),
            BookColumn("Paid, pounds", "paid_pounds", "pounds"),
            BookColumn("Paid, per cent", "spent_pct", "percent"),
            BookColumn("Not yet paid, pounds", "unspent_pounds", "pounds"),
            BookColumn("Residents supported", "residents_count", "whole"),
            BookColumn("Households reached", "households_count", "whole", missing=MISSING),
            BookColumn("Paid per resident, pounds", "cost_per_resident_pounds", "pence"),
        ),
        known(
            "marts.grant_scheme",
            "shown.*, suppressed.hidden",
            "shown.scheme, shown.period_start",
            join_hidden("grant_scheme", "shown"),
        ),
    ),
    Sheet(
        "Grants",
        "Grants of the Department for Work and Pensions: recipients",
        "grant_recipients",
        (
            BookColumn("Scheme", "scheme", width=30),
            BookColumn("Strand", "strand", width=30),
            BookColumn("Recipient", "recipient", width=34),
            BookColumn("Payments", "payment_count", "whole"),
            BookColumn("Paid, pounds", "paid_pounds", "pounds"),
            BookColumn("Residents supported", "residents_count", "whole"),
            BookColumn("Households reached", "households_count", "whole", missing=MISSING),
            BookColumn("Paid per resident, pounds", "cost_per_resident_pounds", "pence"),
            BookColumn("What was achieved", "outcome", width=40),
            BookColumn("Its value, pounds", "outcome_pounds", "pounds"),
        ),
        known(
            "marts.grants",
            "shown.*, suppressed.hidden",
            "shown.scheme, shown.strand, shown.recipient",
            join_hidden("grants", "shown"),
        ),
    ),
    Sheet(
        "Local Fund",
        "{authority} Local Fund: applications and awards",
        "local_fund_awards",
        (
            BookColumn("Year or quarter", "edition_period"),
            BookColumn("Applications", "application_count", "whole", missing=MISSING),
            BookColumn("Awarded", "awarded_count", "whole", missing=MISSING),
            BookColumn("Awarded, per cent", "success_pct", "percent", missing=MISSING),
            BookColumn("Asked for, pounds", "requested_pounds", "pounds", missing=MISSING),
            BookColumn("Awarded, pounds", "awarded_pounds", "pounds", missing=MISSING),
            BookColumn("Small grants", "small_grant_count", "whole", missing=MISSING),
            BookColumn("Note", "note", width=50),
        ),
        known("marts.local_fund", "shown.*", "shown.edition_period, shown.as_at"),
    ),
    Sheet(
        "Cash limit",
        "Cash limit: from what was reported before to what it is now",
        "cash_limit_steps",
        (
            BookColumn("Edition", "edition_period"),
            BookColumn("Line", "line_number", "whole", width=8),
            BookColumn("Kind of line", "line_kind", width=24),
            BookColumn("What changed it", "description", width=50),
            BookColumn("Amount, pounds", "amount_pounds", "pounds", missing=MISSING),
            BookColumn("Cash limit so far, pounds", "running_pounds", "pounds", missing=MISSING),
        ),
        known(
            "marts.cash_limit_bridge",
            "shown.* replace (replace(shown.line_kind, '_', ' ') as line_kind)",
            "shown.edition_period, shown.line_number",
        ),
    ),
    Sheet(
        "Reserves",
        "Earmarked reserves",
        "earmarked_reserves",
        (
            BookColumn("Edition", "edition_period"),
            BookColumn("Category", "category", width=24),
            BookColumn("Reserve", "narration", width=34),
            BookColumn("To be used for", "purpose", width=50),
            BookColumn("Balance, pounds", "opening_pounds", "pounds", missing=MISSING),
            BookColumn("Planned use, pounds", "planned_use_pounds", "pounds", missing=MISSING),
            BookColumn("Balance after it, pounds", "closing_pounds", "pounds", missing=MISSING),
        ),
        known("marts.reserve", "shown.*", "shown.edition_period, shown.row_number"),
    ),
    Sheet(
        "Actions",
        "Action plan: what is to be done, by whom and when",
        "action_plan_status",
        (
            BookColumn("Plan", "plan_year", width=12),
            BookColumn("Action", "action_code", width=12),
            BookColumn("What is to be done", "delivery", width=60),
            BookColumn("By whom", "owners", width=34),
            BookColumn("When", "target_date", width=24),
            BookColumn("Status at the cut-off", "status", width=18),
        ),
        """select actions.* replace (replace(actions.status, '_', ' ') as status)
        from marts.action_status as actions
        inner join marts.reporting_quarter as quarters
            on quarters.report_quarter = $quarter and actions.status_from <= quarters.known_by
            and coalesce(quarters.known_by < actions.status_until, true)
        order by actions.plan_year, actions.sheet_row""",
    ),
    Sheet(
        "Findings",
        "What does not fit together in the figures that were supplied",
        "data_findings",
        (
            BookColumn("Check", "check_name", width=30),
            BookColumn("About", "subject", width=40),
            BookColumn("As supplied or printed", "published", width=30),
            BookColumn("As recomputed", "recomputed", width=30),
            BookColumn("Explanation", "explanation", width=60),
            BookColumn("Workbook", "workbook", width=34),
            BookColumn("Sheet", "sheet", width=18),
            BookColumn("Cell", "cell", width=10),
        ),
        "select * replace (replace(check_name, '_', ' ') as check_name) from marts.reconciliation_finding order by all",
    ),
    Sheet(
        "Suppressed",
        "Figures that are suppressed because they count few people or would give such a count away",
        "suppressed_figures",
        (
            BookColumn("Table", "table_name", width=24),
            BookColumn("Figure", "figure", width=24),
            BookColumn("Measure code", "measure_code"),
            BookColumn("Period", "period_label", width=20),
            BookColumn("Part", "component", width=22),
        ),
        "select * from marts.suppression order by all",
    ),
)
