"""The law as data: instruments, rules with their articles and dates, local overlays. Pure, with YAML."""
