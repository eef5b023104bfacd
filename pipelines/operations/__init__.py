"""What keeps the pipeline running: new files seen, crashes mended, states told."""
