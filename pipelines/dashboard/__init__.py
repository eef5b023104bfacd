"""The dashboard of a quarter: static pages that need no server, whose charts are drawn when they are made."""
