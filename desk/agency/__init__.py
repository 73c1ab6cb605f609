"""The page behind the link of a task: an agency answers without an account."""
