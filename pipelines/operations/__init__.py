"""What keeps the pipeline running: repair after a crash, and what is said when something cannot be written."""
