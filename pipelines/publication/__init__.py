"""What is cut from the published file for its readers: which quarters, which files, and what the public may see."""
