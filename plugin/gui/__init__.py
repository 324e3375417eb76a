"""What the user sees: the dock, its parts, and the session of the run that they show."""
