"""What the application server runs."""

import gc
import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guitu.web.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (Django must be set up first)
from django.db import DatabaseError, connections  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from guitu.store import scope, staff  # noqa: E402

scope.be_nobody()  # also where a command has started this process

from guitu.web.preferences import CHOICES  # noqa: E402
from guitu.web.templating import templates  # noqa: E402

with suppress(DatabaseError):  # not there yet, or not of this edition: each page will say so
    staff.refuse_demo()  # whichever server this is: `guitu serve` has asked already
connections.close_all()  # the threads that answer open their own; this one would be used no more

# Every page is imported before the first request: two threads that both import them can wait for each other
get_resolver().url_patterns  # noqa: B018 (asking for them imports them)

if settings.COMPILE_AHEAD:
    for _language in CHOICES["language"]:
        templates(_language).compile_all()

# What stands now stays until the server ends. The collector of cycles would look through all of it again and
# again: a fifth of what a page costs.
gc.collect()
gc.freeze()

# The files and pages that are kept come on top, and all of them would be looked through after every hundred
# files opened: a pause of 20 to 50 ms in which nobody is answered. Rarer, and each time as thoroughly.
gc.set_threshold(5_000, 10, 50)
