"""One machine's parts as processes: set up, started, watched, restarted."""
