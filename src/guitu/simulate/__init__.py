"""A fictional, reproducible province: invented people and institutions over real division codes.

What the demo, the benchmarks and the tests are filled with. Everything follows from a seed and a given day;
there is no clock and no shared randomness, so the same seed is the same province everywhere. Nobody in it
exists: identity numbers begin with 98, a prefix that is not assigned.
"""
