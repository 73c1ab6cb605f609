"""Pure values and decisions: knows nobody, does nothing."""
