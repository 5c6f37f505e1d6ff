"""Registers the store with Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Entries, keys, units, and what is worked out from them."""

    name = "guitu.store"
    label = "store"
    verbose_name = "档案存储"
    default_auto_field = "django.db.models.BigAutoField"
