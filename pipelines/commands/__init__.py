"""The commands of the console script, a module each: `add_to` its options, and `run` it to an exit code."""
