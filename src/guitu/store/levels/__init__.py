"""What the pages of the three levels read: many units' own files at once, within the reader's scope."""
