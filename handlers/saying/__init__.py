"""How tickets, times and places are said."""
