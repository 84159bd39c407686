"""The wing of danger: heard first, told to people until somebody has it in hand."""
