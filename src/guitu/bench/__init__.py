"""Speed, measured beside an equivalent in the same run. Nothing here is used by the product or its tests'
verdicts."""
