"""The forward plan and the evidence bank of a quarter, cut from marts.evidence: a page to search, and downloads."""
