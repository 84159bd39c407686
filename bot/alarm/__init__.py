"""The alarm lane: danger goes to people before anything is stored."""
