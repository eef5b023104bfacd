"""The measures of a quarter as a spreadsheet that a screen reader can follow."""
