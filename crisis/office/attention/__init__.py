"""What waits for a person, and the watch over what waits too long."""
