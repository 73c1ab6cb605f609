"""Duties of the calendar, and the yearly report."""
