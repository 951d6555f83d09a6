"""Writing: verbs of the users' language. They take the actor and the moment, record the event and never commit."""
