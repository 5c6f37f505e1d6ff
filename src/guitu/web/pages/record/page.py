"""Recording an entry: what happened, when, who says so?"""

STATES = ()
