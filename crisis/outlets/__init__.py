"""Ways out: one module per outlet."""
