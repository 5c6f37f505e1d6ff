"""The assessment centre: who is due for which stage, a person's sheets with evidence and signatures, and the
written opinion."""
