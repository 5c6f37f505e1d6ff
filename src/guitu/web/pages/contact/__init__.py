"""In touch or not: who was last seen when, who is lost, and whose measure the law has ended."""
