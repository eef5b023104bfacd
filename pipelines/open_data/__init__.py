"""The public figures of a quarter as data that anyone may use: CSV, Parquet, and what describes them to machines."""
