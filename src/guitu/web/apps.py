"""Registers the pages with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages and their one table, what each account prefers to see."""

    name = "guitu.web"
    label = "web"
    verbose_name = "归途"
    default_auto_field = "django.db.models.BigAutoField"
