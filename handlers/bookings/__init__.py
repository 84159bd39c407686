"""The wing of bookings: services at a time."""
