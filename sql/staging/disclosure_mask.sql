-- Marts and audit tables that repeat figures or name people, and what of them the public's door covers up
-- (pipelines/publication/public.py; which tables must stand here a test reads from the lineage of the columns). Emptied
-- columns show nothing, marked ones [c], told ones the word suppressed, and blurred ones [c] for numbers as small as counts
-- that are suppressed: in rows that speak of a suppressed figure, by the
-- codes in measure_columns, with the periods in period_columns where there are any, or by the keys in origin_columns; in
-- rows of sources that count people where only a source_column is named; in every row where none is.
-- grain: table x rows that it covers up
-- key: table_name, emptied, marked
select
    table_name,  -- schema and table
    emptied,  -- columns that show nothing
    marked,  -- columns that show [c]
    told,  -- columns that say suppressed
    blurred,  -- columns with texts in which small counts show [c]
    measure_columns,  -- columns that name a measure, or texts that name several by their codes
    period_columns,  -- columns that name the periods; of any period where there are none
    origin_columns,  -- columns that hold the key of an observation
    source_column  -- column that names a source
from (
    values
    ('marts.computed_status', ['value', 'previous_value', 'shortfall_pct', 'change_pct', 'status', 'trend', 'status_robust', 'trend_robust', 'reading_sensitive'], [], ['status_reason', 'trend_reason'], [], ['measure_code'], ['value_period', 'previous_period'], [], null),
    ('marts.reported_status', ['value', 'previous_value', 'status', 'trend'], [], ['status_reason', 'trend_reason'], [], ['measure_code'], [], [], null),
    ('marts.restated_quarter', ['value', 'value_before', 'previous_value', 'previous_value_before', 'status', 'status_before', 'trend', 'trend_before', 'status_moved', 'trend_moved'], [], ['status_reason', 'status_reason_before'], [], ['measure_code'], ['value_period', 'value_period_before', 'previous_period', 'previous_period_before'], [], null),
    ('marts.known_observation', ['value'], [], ['availability'], [], ['measure_code'], ['period_label'], ['origin_id'], null),
    ('marts.rated_value', ['value', 'trend_value', 'previous_value'], [], ['availability'], [], ['measure_code'], ['value_period', 'previous_period'], [], null),
    ('marts.rating_variant', ['value', 'shortfall', 'status', 'trend', 'reading_sensitive'], [], ['no_status_reason', 'no_trend_reason'], [], ['measure_code'], [], [], null),
    ('marts.value_to_date', ['value', 'year_end_value', 'previous_value'], [], ['availability'], [], ['measure_code'], [], [], null),
    ('marts.value_year_end', ['value', 'previous_value'], [], ['availability'], [], ['measure_code'], ['this_year', 'year_before'], [], null),
    ('marts.year_end', ['value'], [], [], [], ['measure_code'], ['period_label'], ['origin_id'], null),
    ('marts.level', ['value', 'previous_value'], [], ['availability'], [], ['measure_code'], ['value_period', 'previous_period'], [], null),
    ('marts.outturn', ['value'], [], [], [], ['measure_code'], ['period_label'], [], null),
    ('marts.outturn_since', ['printed_value'], [], [], [], ['measure_code'], ['period_label'], [], null),
    ('marts.target_beside_outturn', ['outturn_value', 'weaker_by'], ['outturn_text'], [], [], ['measure_code'], ['outturn_period'], [], null),
    ('marts.forecast', ['forecast_value', 'previous_value'], [], ['no_forecast_reason'], [], ['measure_code'], [], [], null),
    ('marts.forecast_input', ['value'], [], [], [], ['measure_code'], ['period_label'], ['origin_id'], null),
    ('marts.forecast_score', ['forecast_value', 'outturn_value', 'previous_value', 'error', 'absolute_error', 'relative_error_pct'], [], [], [], ['measure_code'], [], [], null),
    ('marts.forecast_accuracy', ['mean_error', 'mean_absolute_error', 'mean_relative_error_pct'], [], [], [], ['measure_code'], [], [], null),
    ('marts.figure_change', ['old_value', 'new_value', 'difference'], [], ['old_availability', 'new_availability'], [], ['measure_code'], ['period_label'], ['old_origin_id', 'new_origin_id'], null),
    ('marts.restatement', ['old_value', 'new_value', 'difference'], ['moved_statuses'], ['old_availability', 'new_availability'], [], ['measure_code'], ['period_label'], ['old_origin_id', 'new_origin_id'], null),
    ('marts.restatement_effect', [], ['statuses'], [], [], [], [], ['old_origin_id', 'new_origin_id'], null),
    ('marts.reported_period', ['numerator', 'denominator', 'value'], [], [], [], ['measure_code'], [], [], null),
    ('marts.reported_change', ['numerator_change', 'denominator_change', 'value_change', 'relative_change'], [], [], [], ['measure_code'], [], [], null),
    ('marts.printed_recomputed', ['recomputed'], [], [], [], ['measure_code'], [], ['origin_id'], null),
    ('marts.printed_swap', ['recomputed', 'other_recomputed'], [], [], [], ['measure_code'], [], [], null),
    ('marts.recorded_crime', ['recorded_count', 'computed_rate', 'supplied_rate'], ['rate_text'], ['availability'], [], ['measure_code'], ['period_label'], [], null),
    ('marts.claim', ['recomputed'], ['basis', 'not_checked_because'], [], [], ['about', 'basis'], [], [], null),
    ('marts.claim_candidate', ['amount'], [], [], [], ['measure_code'], [], [], null),
    ('marts.claim_level', ['amount'], [], [], [], ['measure_code'], [], [], null),
    ('marts.claim_money', ['amount'], [], [], [], ['measure_code'], [], [], null),
    ('marts.claim_match', ['as_claimed', 'distance'], ['words'], [], [], ['measure_code'], [], [], null),
    ('marts.programme_activity', ['value'], ['printed', 'cell_text'], ['availability'], [], [], [], ['origin_id'], null),
    ('marts.national_indicator_figure', ['value'], ['cell_text'], ['availability'], [], [], [], ['origin_id'], null),
    ('marts.reconciliation_finding', ['difference'], ['published', 'recomputed', 'explanation'], [], [], ['subject', 'explanation'], [], [], null),
    ('marts.risk', ['value', 'against_value', 'gap_pct', 'shown_status'], ['basis', 'said'], [], [], ['measure_code'], ['value_period', 'against_period'], [], null),
    ('marts.risk_measure', ['value', 'against_value', 'gap_pct', 'shown_status'], ['basis', 'said'], [], [], ['measure_code'], ['value_period', 'against_period'], [], null),
    ('marts.risk_rating', ['value', 'against_value', 'gap_pct', 'shown_status'], ['basis', 'said'], [], [], ['measure_code'], ['value_period', 'against_period'], [], null),
    ('marts.risk_forecast', ['value', 'against_value', 'gap_pct'], ['basis'], [], [], ['measure_code'], ['value_period', 'against_period'], [], null),
    ('marts.risk_target', ['value', 'against_value', 'gap_pct'], ['basis'], [], [], ['measure_code'], ['value_period', 'against_period'], [], null),
    ('marts.risk_successor', ['value', 'previous_value', 'change_pct'], [], [], [], ['measure_code'], ['period_label', 'previous_period'], [], null),
    ('marts.evidence', [], ['text'], [], [], ['measure_codes'], [], [], null),
    ('marts.evidence_finding', [], ['text'], [], [], ['measure_codes'], [], [], null),
    ('marts.evidence_claim', [], ['text'], [], [], ['measure_codes'], [], [], null),
    ('marts.evidence_text', [], ['text'], [], [], ['measure_codes'], [], [], null),
    ('marts.printed_cell', ['value'], ['word'], [], [], ['measure_code'], [], [], null),
    ('marts.erratum', [], ['old_figure', 'new_figure'], [], [], ['measure_code'], [], [], null),
    ('marts.erratum', [], ['approved_by'], [], [], [], [], [], null),
    ('marts.grant_payment', ['households_count', 'residents_count'], [], [], [], [], [], [], null),
    ('marts.sign_off', [], ['decided_by'], [], [], [], [], [], null),
    ('audit.decision', [], ['decided_by'], [], [], [], [], [], null),
    ('audit.correction', [], ['confirmed_by', 'expected', 'corrected', 'message'], [], [], [], [], [], null),
    ('audit.rejected_cell', [], ['value', 'message'], [], [], [], [], [], 'source'),
    ('audit.warning', [], ['value', 'message'], [], [], [], [], [], 'source'),
    ('audit.edition_difference', [], ['text', 'previous_text'], [], [], [], [], [], 'source'),
    ('audit.row_set_aside', [], ['text'], [], [], [], [], [], 'source'),
    ('audit.workbook', [], [], [], ['reason'], [], [], [], null)
) as masks (table_name, emptied, marked, told, blurred, measure_columns, period_columns, origin_columns, source_column)
