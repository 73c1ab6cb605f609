"""The playbook told in order: what runs on Prefect."""
