"""The words of the trade: frozen types and transition tables, standard library only."""
