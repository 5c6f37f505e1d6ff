"""What the pages of the three levels read out of many units' own files."""
