"""Agencies at work: assignments, letters, reminders, ladders, and what they found."""
