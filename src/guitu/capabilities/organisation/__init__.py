"""Leading groups with their members, who among the staff does what and is qualified for it, places on a watch
list, model places, and what became of a unit. County, town and village, and those above. That towns set up a
working group for community treatment says 戒毒条例 art. 15; leading groups are the offices' own."""
