"""The models on Apache Spark: their SQL in its words, the session that runs it, and their rows in the warehouse."""
