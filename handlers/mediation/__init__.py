"""The wing of mediation: two sides and a mediator."""
