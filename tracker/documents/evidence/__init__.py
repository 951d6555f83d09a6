"""Evidence as it comes in: bytes that are received, looked at and kept, or refused each with its own sentence."""
