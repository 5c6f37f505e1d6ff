"""Remote medicine: what was asked of which hospital, one consultation, the room of its call, its file."""
