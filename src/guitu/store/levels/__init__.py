"""What pages of the three levels read of many units' own files at once, within the reader's scope, and what
is kept beside them. Whether the reader may, the caller has asked."""
