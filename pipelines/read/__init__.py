"""Workbooks as text with addresses, and the parsers of cells."""
