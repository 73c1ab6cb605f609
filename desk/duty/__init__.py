"""What the office owes by the calendar: periodic duties and the annual report."""
