"""Threats and risks of a quarter, cut from marts.risk: a page of their own, and a section of the committee's report."""
