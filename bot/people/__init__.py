"""The community's list of residents as a workbook: read, checked, compared, kept, and an empty one to fill in."""
