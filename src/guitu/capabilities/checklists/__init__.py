"""Checklists that offices write themselves: for their own work, or handed to the units below; filled in once
a period with what was not done. County, town and village, centres, the outreach team."""
