"""What to do and what to answer: plain functions inside one transaction."""
