"""Other systems that work with the same people, each as a declared mapping: what it is given, what is taken
from it, in its own words.

A mapping is a YAML file: those in `declared/` come with the product, those in `partners/` of the data folder
are the office's own and replace them by name. What a partner sends is never recorded: it becomes proposals,
each decided by an officer who may record such an entry.

- `mapping`: what a mapping says, read and checked word by word;
- `outgoing`: the lines that a partner is given;
- `incoming`: a partner's file as drafts of entries, or why not;
- `proposing`: drafts put before an officer, and the exchange in the unit's own file.
"""

from guitu.exchange.partners.mapping import Partner, partners, read_partner

__all__ = ["Partner", "partners", "read_partner"]
