"""Makes a name that a template does not know a fault instead of an empty place."""


class Loud(str):
    """Django asks whether the text holds %s and then fills it in with the unknown name: here that raises."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:  # type: ignore[override]
        raise LookupError(f"undefined in a template: {name}")
