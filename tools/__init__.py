"""Tools for development; nothing here is needed to run the service."""
