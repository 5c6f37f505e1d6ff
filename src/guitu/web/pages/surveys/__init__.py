"""Surveys of the public: planning one, its codes, paper and answers, and what it came to."""
