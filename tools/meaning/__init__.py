"""Learning what sentences mean: ``make meaning`` writes the weights of ``nlu/meaning``; numpy alone."""
