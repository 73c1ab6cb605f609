"""The press watch: judging, placing and grouping of published items, decided purely from words."""
