"""One way through: lanes, work on stored items, and the sender."""
