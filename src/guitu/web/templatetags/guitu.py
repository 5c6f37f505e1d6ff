"""The few words templates need beside Django's own."""

from django import template

register = template.Library()
