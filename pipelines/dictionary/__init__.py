"""The data dictionary: every table and column that the public may see, what it means and what it is made of."""
