"""What passes between the office and a worker's phone, by docs/reference/phone-sync.md. No web in it: calls
are read and answered in `web/pages/sync`, a trial calls the same functions."""
