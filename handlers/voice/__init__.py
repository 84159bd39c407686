"""The wing of voices: recordings nobody could hear, and answers that are spoken."""
