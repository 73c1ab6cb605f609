"""The press watch on the desk: stories, sources, trends, the brief, and what was learned."""
