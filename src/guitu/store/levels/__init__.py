"""What pages of the three levels read of many units' own files. Whether the reader may, the caller has
asked."""
"""What the pages of the three levels read: many units' own files at once, within the reader's scope."""
"""What the pages of the three levels read out of many units' own files."""
"""What pages of the three levels read of many units' files, and what is kept beside them."""
