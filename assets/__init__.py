"""What the warehouse holds, as Dagster assets."""
