"""The wing of people: who they are, their family, their rights."""
