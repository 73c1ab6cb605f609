"""The doors: pages, JSON API, command line, dispatcher and supervisor."""
