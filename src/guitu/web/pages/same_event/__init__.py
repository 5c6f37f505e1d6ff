"""Two who recorded one event differently: both entries side by side, until somebody settles it."""
