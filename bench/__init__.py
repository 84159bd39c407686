"""Figures, measured."""
