"""What keeps an installation running: new files seen, crashes mended, versions, backup, the doctor, alerts."""
