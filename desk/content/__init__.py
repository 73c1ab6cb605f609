"""The office's content: what is in force, what a change would do, and two people's word."""
