"""What pages of the three levels read of many units' own files. Whether the reader may, the caller has
asked."""
