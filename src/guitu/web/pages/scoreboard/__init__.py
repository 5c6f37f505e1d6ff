"""The scoreboard: every figure as it was printed, ours from the records beside it, and what is published."""
