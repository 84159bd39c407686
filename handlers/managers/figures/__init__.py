"""Figures: asked for, counted, printed."""
