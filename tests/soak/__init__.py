"""Long runs that look for what only load and time bring out; `make soak`."""
