"""What the scorer and the whole of understanding are measured with: sets that were left out of the training."""
