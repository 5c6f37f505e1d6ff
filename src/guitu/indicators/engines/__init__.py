"""Engines: the referee in plain Python, and SQL for DuckDB. Each apart, so that the model needs no driver."""
