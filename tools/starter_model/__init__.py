"""Makes the bundled starter model: sounds, training, files and its measured error."""
