"""The press watch: sources read, stories raised and decided, alerts, the brief, the filter."""
