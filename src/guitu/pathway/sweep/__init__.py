"""Everybody assessed at once: the same rules as `assess`, evaluated over the columns of the snapshot.

`sweep` reads a snapshot and gives five tables (`tables.SCHEMAS`). Nothing is imported here, so that whoever
only assesses one person needs no compiler: import `guitu.pathway.sweep.run`."""
