"""Timings as ratios to a bare baseline measured in the same run."""
