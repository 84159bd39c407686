"""Keeping and forgetting: folders, backups, erasure."""
