"""Ways in: one module per source of reports."""
