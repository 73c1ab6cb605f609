"""One module per step of the playbook: load, decide, act, record."""
