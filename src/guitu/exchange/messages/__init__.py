"""Short messages on their way to a gateway: as files in the data folder, or over HTTP to one that a site
names.

A gateway takes a message once: each has a key, and the same key again is the same message. So a press that
is repeated, or a process that dies between the gateway and the file, writes to nobody twice.
"""

from guitu.exchange.messages.chosen import configured
from guitu.exchange.messages.gateway import Gateway, Outgoing, Refused, Unreachable
from guitu.exchange.messages.sending import Outcome, send

__all__ = ["Gateway", "Outcome", "Outgoing", "Refused", "Unreachable", "configured", "send"]
