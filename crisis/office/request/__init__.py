"""What newspapers ask: answers, refusals, their clocks and reminders."""
