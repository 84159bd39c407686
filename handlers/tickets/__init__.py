"""The wing of tickets: from a request to a rating."""
