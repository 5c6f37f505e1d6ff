"""The draw of test days: what was committed to beforehand, and the seed that was revealed afterwards. Town
offices and county supervisors; no article asks for it, and none is broken by it."""
