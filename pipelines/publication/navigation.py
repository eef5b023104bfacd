"""The pages of a quarter, as every page of it names them."""

PAGES = (
    ("Report", "report.html"),
    ("Dashboard", "dashboard/index.html"),
    ("Threats and risks", "risks.html"),
    ("Forward plan and evidence", "evidence.html"),
    ("Data dictionary", "dictionary.html"),
    ("Open data", "open_data/index.html"),
)
"""Labels and addresses, relative to the quarter's folder."""


def navigation(depth: int = 0) -> list[tuple[str, str]]:
    """Labels and addresses as a page names them that lies so many folders below the quarter's."""
    return [(label, "../" * depth + address) for label, address in PAGES]
