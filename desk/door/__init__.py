"""The way in of every request: who it is, in which language, behind which shield."""
