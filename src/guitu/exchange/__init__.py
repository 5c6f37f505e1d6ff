"""What comes in and goes out: one folder per format or partner. Nothing in the core imports from here."""
