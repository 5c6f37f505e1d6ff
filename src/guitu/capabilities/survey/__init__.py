"""Surveys of the public: what is asked of whom, and the results question by question. Statisticians, county
and province. Answers are nobody's and stand in no file."""
