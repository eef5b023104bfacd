"""What a page says, apart from how it looks: blocks that are made once, and shown as HTML or set as PDF."""
