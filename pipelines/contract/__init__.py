"""What sources promise, and reading workbooks against it."""
