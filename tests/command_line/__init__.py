"""The command line as a script author meets it."""
