"""The board, and an incident's pages with what its people do there."""
