"""How a one-time password is told."""

from __future__ import annotations

from guitu.cli.main import say
from guitu.kernel.labels import Label


def tell(made: str) -> None:
    """Print a one-time password: this once."""
    print(
        say(
            Label(
                f"一次性密码：{made}　请当面告知；首次登录时由本人另设。",
                f"One-time password: {made}  Hand it over in person; its holder sets their own at the first"
                " sign-in.",
            )
        )
    )
