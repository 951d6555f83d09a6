"""Plain values into bytes that offices read."""
