"""The draw of test days: whose day has come, what was committed to, what was revealed."""
