"""The wing of conversation: who is tried with a line, and what is said when nobody understands it."""
