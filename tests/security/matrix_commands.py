"""The access matrix of the command line: every command and who it reads as. A command without a line fails a
test (test_access_matrix_commands.py)."""

from __future__ import annotations

from typing import Final, Literal

By = Literal["server", "account"]

COMMANDS: Final[dict[str, By]] = {
    "bench": "server",
    "keys rotate": "server",
    "keys status": "server",
    "cases": "server",
    "demo": "server",
    "doctor": "server",
    "roster solve": "server",
    "roster check": "server",
    "explain": "account",
    "figures check": "server",
    "indicators check": "server",
    "indicators explain": "server",
    "indicators list": "server",
    "indicators refresh": "server",
    "indicators run": "server",
    "ledger check": "server",
    "ledger import": "account",
    "ledger export": "account",
    "migrate": "server",
    "pack month": "account",
    "pack quarter": "account",
    "pack year": "account",
    "policy check": "server",
    "policy list": "server",
    "readings by": "server",
    "readings of": "server",
    "readings prune": "server",
    "readings tie": "server",
    "readings unusual": "server",
    "rebuild": "server",
    "refresh": "server",
    "retention due": "server",
    "retention status": "server",
    "serve": "server",
    "simulate": "server",
    "snapshot": "server",
    "staff add": "server",
    "staff admin": "server",
    "staff close": "server",
    "staff factor": "server",
    "staff family": "server",
    "staff link": "server",
    "staff open": "server",
    "staff person": "server",
    "staff sessions": "server",
    "staff unlock": "server",
    "staff password": "server",
    "staff list": "server",
    "sweep": "account",
    "today": "account",
    "trial handover": "server",
    "trial phone": "server",
    "trial sync": "server",
    "units": "server",
    "verify": "server",
}
"""Every command. `server`: it has no account; whoever may run it on the server's machine holds the keys and
the database anyway (docs/security/threat-model.md). `account`: with `--user` or `--as` it reads as that
account may."""
