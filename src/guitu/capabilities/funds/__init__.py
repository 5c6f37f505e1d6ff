"""Money spent and rewards given: sums and numbers, never names. County and province."""
