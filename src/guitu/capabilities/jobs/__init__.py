"""Employers who take people on, and whether the work is still there after one, three, six and twelve months.
Town offices, counties, stations; 戒毒条例 art. 18, 禁毒法 art. 34."""
