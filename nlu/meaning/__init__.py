"""What is wanted: intents, needs, slots, answers, corrections."""
