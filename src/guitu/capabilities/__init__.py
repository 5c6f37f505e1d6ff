"""One folder per thing the service does. Each declares its kinds in `entries.py`; discovery finds them."""
