"""Reports that are cut from the marts."""
