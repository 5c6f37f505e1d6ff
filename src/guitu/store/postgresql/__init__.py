"""Django's PostgreSQL, whose every connection carries the scope of whoever asks (`guitu.store.scope`)."""
