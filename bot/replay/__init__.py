"""Conversations as files, replayed through the real core."""
