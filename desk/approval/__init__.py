"""What waits for an approver, as the exact bytes that will go out."""
