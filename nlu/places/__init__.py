"""Places as people say them."""
