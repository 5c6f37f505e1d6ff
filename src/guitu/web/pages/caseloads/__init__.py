"""How many people each worker has, where that is too many, and how they could be shared."""
