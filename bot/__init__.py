"""Everything that touches the outside: channels, hearing, the clock, the sender and the command line."""
