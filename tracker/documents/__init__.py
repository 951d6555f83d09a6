"""Paper: bytes to and from plain values. May import the rules and libraries for documents only."""
