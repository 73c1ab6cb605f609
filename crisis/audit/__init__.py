"""The audit pack and what checks it."""
