"""Statements: drafted, edited, approved, published, delivered, corrected."""
