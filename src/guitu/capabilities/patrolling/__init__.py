"""Village patrol teams and coast sections: sections with two responsible heads, places on the way, and
rounds. Places only: no person's data reaches whoever patrols. Villages, towns, county. What a head of a
section has to do, no article or paper that was read says: the office writes it into its own checklist."""
