"""What DuckDB's SQL is in the words of Spark, where a construct means something else there. Needs no Spark."""

import pytest
from sqlglot import MappingSchema

from pipelines.settings import code_root
from pipelines.spark.transpile import Script, to_spark
from pipelines.spark.trees import Untranslatable
from pipelines.warehouse.models import Model, read_models

SCHEMA = MappingSchema(
    {
        "staging": {
            "given": {
                "code": "varchar",
                "number": "integer",
                "amount": "decimal(28, 6)",
                "wide": "hugeint",
                "day": "date",
                "until": "date",
                "parts": "varchar[]",
                "others": "varchar[]",
            }
        }
    },
    dialect="duckdb",
)


def script(sql: str) -> Script:
    return to_spark(Model("marts.made", sql, "", "", ()), SCHEMA, {})


def column(expression: str) -> str:
    """An expression over `staging.given` in the words of Spark, names of the table left out."""
    select = script(f"select {expression} as made from staging.given").select
    head, tail = "SELECT ", " AS made FROM staging__given AS given"
    assert select.startswith(head) and select.endswith(tail), select
    return select[len(head) : -len(tail)].replace("given.", "")


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("number / 4", "CAST((number) AS DOUBLE) / CAST((4) AS DOUBLE)"),
        ("number // 4", "number DIV 4"),
        ("wide // 4", "CAST(((wide) - (wide) % (4)) / (4) AS DECIMAL(38, 0))"),
        ("sign(amount)", "CAST(SIGNUM(amount) AS INT)"),
        ("cast(amount as integer)", "CAST(ROUND(amount, 0) AS INT)"),
        ("cast(number as bigint)", "CAST(number AS BIGINT)"),
        ("day - until", "DATEDIFF(day, until)"),
        ("number - 1", "number - 1"),
        ("date_diff('month', day, until)", "((YEAR(until) - YEAR(day)) * 12 + MONTH(until) - MONTH(day))"),
        ("date_trunc('quarter', day)", "TRUNC(day, 'QUARTER')"),
        ("day + to_months(number)", "day + MAKE_YM_INTERVAL(0, CAST(number AS INT))"),
        ("strptime(code, '%d %b %Y')", "TO_TIMESTAMP(INITCAP(code), 'd MMM yyyy')"),
        ("try_strptime(code, '%d/%m/%Y')", "TRY_TO_TIMESTAMP(code, 'd/M/yyyy')"),
        ("parts[2]", "TRY_ELEMENT_AT(parts, CAST(2 AS INT))"),
        ("parts[number + 1]", "TRY_ELEMENT_AT(parts, CAST(number + 1 AS INT))"),
        ("len(parts)", "SIZE(parts)"),
        ("len(code)", "CHAR_LENGTH(code)"),
        ("list_position(parts, code)", "NULLIF(ARRAY_POSITION(parts, code), 0)"),
        ("list_contains(parts, code)", "ARRAY_POSITION(parts, code) > 0"),
        ("range(1, number)", "IF((1) <= ((number) - 1), SEQUENCE(1, (number) - 1), ARRAY())"),
        ("[p for p in parts if p <> 'x']", "FILTER(parts, p -> p <> 'x')"),
        ("regexp_full_match(code, '[a-z]|b')", r"code RLIKE '\\A(?:[a-z]|b)\\z'"),
        (r"regexp_replace(code, '(a)b', '\1£$', 'g')", r"REGEXP_REPLACE(code, '(a)b', '$1£\\$')"),
        ("regexp_replace(code, 'a+$', '')", "REGEXP_REPLACE(code, 'a+$', '')"),
        ("format('{:,} of {}', number, code)", "CONCAT(FORMAT_NUMBER(number, 0), ' of ', CAST(code AS STRING))"),
        ("any_value(code)", "ANY_VALUE(code, TRUE)"),
        ("arg_max(code, day)", "MAX_BY(code, CASE WHEN NOT code IS NULL THEN day END)"),
        (
            "arg_min(code, day) filter (where number > 1)",
            "MIN_BY(code, CASE WHEN number > 1 THEN CASE WHEN NOT code IS NULL THEN day END END)",
        ),
        ("list(distinct code order by code)", "IF(COUNT(1) > 0, ARRAY_SORT(COLLECT_SET(code)), NULL)"),
        (
            "string_agg(distinct code, '; ' order by code)",
            "IF(COUNT(code) > 0, ARRAY_JOIN(ARRAY_SORT(COLLECT_SET(code)), '; '), NULL)",
        ),
        ("count(distinct code) over (partition by day)", "SIZE(COLLECT_SET(code) OVER (PARTITION BY day))"),
    ],
)
def test_what_means_something_else_there_is_said_otherwise(duckdb: str, spark: str) -> None:
    assert column(duckdb) == spark


def test_a_list_in_an_order_is_sorted_by_its_keys_nulls_last() -> None:
    assert column("list(code order by day desc nulls last)") == (
        "IF(COUNT(1) > 0, TRANSFORM(ARRAY_SORT(COLLECT_LIST(STRUCT(code AS element, day AS key0)), (earlier, later) -> "
        "CASE WHEN earlier.key0 IS NULL AND NOT later.key0 IS NULL THEN 1 "
        "WHEN later.key0 IS NULL AND NOT earlier.key0 IS NULL THEN -1 "
        "WHEN earlier.key0 < later.key0 THEN 1 WHEN earlier.key0 > later.key0 THEN -1 ELSE 0 END), "
        "row -> row.element), NULL)"
    )


def test_lists_unnested_side_by_side_are_one_view() -> None:
    select = script("select code, unnest(parts) as part, unnest(others) as other from staging.given").select
    assert select.endswith(
        "LATERAL VIEW INLINE(ARRAYS_ZIP(given.parts, given.others)) _unnested AS _element0, _element1"
    )
    assert select.startswith("SELECT given.code AS code, _unnested._element0 AS part, _unnested._element1 AS other")


def test_qualify_is_a_condition_around_the_query_whatever_columns_it_names() -> None:
    made = "select code from staging.given qualify row_number() over (partition by code) = 1 and number > 1"
    assert script(made).select == (
        "SELECT code FROM (SELECT given.code AS code, "
        "(ROW_NUMBER() OVER (PARTITION BY given.code) = 1 AND given.number > 1) AS _kept "
        "FROM staging__given AS given) AS _qualified WHERE _kept"
    )


def test_a_macro_stands_for_its_expression_whose_arguments_stay_whole() -> None:
    assert column("in_full(amount + 1)") == (
        "(TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM CAST(CAST((amount + 1) AS DECIMAL(28, 6)) AS STRING))))"
    )


BOUNDARY = r"(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))"


def test_an_edge_of_a_word_is_between_the_same_letters_in_every_pattern() -> None:
    assert column(r"regexp_matches(code, '\bq[1-4]\b')") == f"code RLIKE '{BOUNDARY}q[1-4]{BOUNDARY}'"
    assert column(r"regexp_extract_all(code, '(\\b)\b', 1)") == rf"REGEXP_EXTRACT_ALL(code, '(\\\\b){BOUNDARY}')"
    assert column(r"regexp_split_to_array(code, 'a\b')") == f"SPLIT(code, 'a{BOUNDARY}')"
    assert column(r"regexp_full_match(code, 'a\b.*')") == rf"code RLIKE '\\A(?:a{BOUNDARY}.*)\\z'"
    assert column("regexp_matches(code, '^' || code)") == rf"code RLIKE REPLACE('^' || code, '\\b', '{BOUNDARY}')"


def test_a_macro_with_a_list_and_a_pattern_made_of_it() -> None:
    numbers = "ARRAY_JOIN(IF((1) <= ((5) - 1), SEQUENCE(1, (5) - 1), ARRAY()), '|')"
    assert column("without_counts_below(code, 5)") == (
        f"(REGEXP_REPLACE(code, '{BOUNDARY}(' || {numbers} || '){BOUNDARY}', '[c]'))"
    )


def test_a_step_of_a_query_within_a_query_stays_where_it_is() -> None:
    inner = "with step as (select number from staging.given) select number from step"
    select = script(f"select number from ({inner}) as every_one where number > 1").select
    assert select.startswith("SELECT every_one.number AS number FROM (WITH step AS (SELECT ")
    assert select.endswith(" SELECT step.number AS number FROM step AS step) AS every_one WHERE every_one.number > 1")


def test_a_recursion_is_kept_round_by_round() -> None:
    made = script(
        "with recursive start as (select number from staging.given), steps as (select number from start union all"
        " select max(number) - 1 from steps having max(number) > 0) select number from steps"
    )
    [step] = made.steps
    assert step.view == "marts__made__steps"
    assert step.select.startswith("WITH start AS (") and "marts__made__steps" not in step.select
    assert "FROM marts__made__steps AS steps" in step.following
    assert made.select.endswith("FROM marts__made__steps AS steps") and "RECURSIVE" not in made.select


@pytest.mark.parametrize(
    "expression",
    [
        "regexp_replace(code, 'a', 'b')",
        "regexp_replace(code, 'a', 'b', 's')",
        "format('{:>5}', number)",
        "date_diff('hour', day, until)",
    ],
)
def test_what_there_are_no_words_for_is_an_error(expression: str) -> None:
    with pytest.raises(Untranslatable):
        column(expression)


def test_the_status_on_many_days_has_the_day_as_a_key_of_every_step() -> None:
    models = read_models(code_root() / "sql")
    schema = MappingSchema(dialect="duckdb")
    for name, model in models.items():
        schema.add_table(name, dict.fromkeys(model.columns, "varchar"), dialect="duckdb")
    made = to_spark(models["marts.reported_status"], schema, models)
    views = [step.view.removeprefix("marts__reported_status__") for step in made.steps]
    assert views[0] == "days_asked" and views[-1] == "known_by_day"
    assert "as_at_computed_status" in views
    assert all("as_at_day" in step.select for step in made.steps)
    assert "known.as_at_day = reports.as_at" in made.select
