"""Whether an installation is fit to serve: one module per thing that is looked at."""
