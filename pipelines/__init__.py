"""The library and what runs it."""
