"""Surveys of the public: what is asked of whom, and what the answers say of everybody. Pure."""
