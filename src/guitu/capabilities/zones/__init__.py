"""The four zones of a centre: how the site has set them up, and why somebody moves or stays. Who moves
whom stands in `zone_move`; what is behind it here."""
