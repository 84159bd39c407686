"""The wing of managers: what is looked up and counted."""
