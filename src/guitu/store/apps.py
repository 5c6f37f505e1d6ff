"""Registers the store with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """Entries, keys, units, and what is worked out from them."""

    name = "guitu.store"
    label = "store"
    verbose_name = "档案存储"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once the tables are there, the database is told which kinds are declared."""
        post_migrate.connect(_tell, sender=self)


def _tell(**_: Any) -> None:
    from guitu.store import engine, kinds

    with engine.house():
        if engine.has_table("store_kind"):  # not while migrating back to before it
            kinds.tell_the_database()
