"""Words by their sound, and the repair of what was misheard."""
