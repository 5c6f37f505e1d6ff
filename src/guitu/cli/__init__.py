"""The `guitu` command: what an office or an administrator types."""
