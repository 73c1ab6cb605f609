"""Law, calendar, directory and playbooks: checked, proposed, signed."""
