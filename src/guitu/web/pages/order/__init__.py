"""The community order of one person: steps, tests and their chain, what is counted with its evidence, the
paper."""
