"""Words to meaning: pure functions over data, without clock, network or storage."""
