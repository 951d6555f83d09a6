"""Outward: hand over one message and say honestly what became of it."""
