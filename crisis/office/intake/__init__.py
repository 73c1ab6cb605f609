"""Reports as they come in, from people and from other systems."""
