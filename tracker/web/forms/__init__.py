"""What people send: read, checked and turned into plain values."""
