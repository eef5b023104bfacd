"""What was received when, and which edition counts."""
