"""The SQL models, the build and its publication."""
