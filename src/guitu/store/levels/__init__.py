"""What pages of the three levels read of many units' files, and what is kept beside them."""
