"""Rules: pure functions of plain values. Standard library only; no Flask, no database, no clock."""
