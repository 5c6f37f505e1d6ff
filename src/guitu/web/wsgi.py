"""What the application server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guitu.web.settings")
application = get_wsgi_application()

from guitu.store import scope  # noqa: E402

scope.be_nobody()  # also where a command has started this process

from guitu.web.preferences import CHOICES  # noqa: E402 (Django must be set up first)
from guitu.web.templating import templates  # noqa: E402

for _language in CHOICES["language"]:
    templates(_language).compile_all()
