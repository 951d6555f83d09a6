"""Unattended: what runs by the clock, each job harmless to repeat."""
