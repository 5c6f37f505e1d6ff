"""Results of surveys of the public, question by question. Statisticians, county and province."""
