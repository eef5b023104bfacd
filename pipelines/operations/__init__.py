"""What keeps an installation running: plain Python that a command, a sensor or a test calls."""
