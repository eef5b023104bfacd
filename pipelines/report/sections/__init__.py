"""The sections of a quarter's report: each turns rows of the marts into blocks, with its queries beside it."""
