"""Words: cleaned, counted, matched as templates."""
