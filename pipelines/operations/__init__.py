"""What keeps an installation running: versions, backup, the doctor."""
