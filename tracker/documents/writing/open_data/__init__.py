"""The open data: its tables and fields, defined once for files, API, dictionary and descriptions."""
