"""What somebody needs, where they were sent with it, whether it came and whether it lasted. Town offices,
villages, stations, centres; 戒毒条例 art. 18, 禁毒法 art. 34."""
