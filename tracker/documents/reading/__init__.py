"""Reading reports: a file's bytes become rows, the rows a `ReportDraft`, the draft what we read from it."""
