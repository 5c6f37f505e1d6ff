"""SQLite as Django knows it, where writers wait for each other more fairly."""
