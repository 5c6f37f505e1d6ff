"""Hand-overs between two systems: the entries of a file travel in sealed bundles, by HTTP or as files.

What a system owes another is worked out from its entries, and what the other has acknowledged is an entry
too: there is no outbox that could be lost. A bundle may come twice, late, or after a later one; the entries
in it have ids, and what is there is there once.
"""

from guitu.exchange.handover.link import exchange, read_file, write_files
from guitu.exchange.handover.parcels import Parcel, pending
from guitu.exchange.handover.peers import Card, Peer, add_peer, card, peer, peers
from guitu.exchange.handover.sealed import NotReadable
from guitu.exchange.handover.taking import answer

__all__ = [
    "Card", "NotReadable", "Parcel", "Peer", "add_peer", "answer", "card", "exchange", "peer", "peers",
    "pending", "read_file", "write_files",
]  # fmt: skip
