"""Where a worker's phone calls, and where two who recorded one event differently are shown."""

from django.urls import path

from guitu.web.pages.sync import view

urlpatterns = [
    path("sync/devices/", view.register, name="sync_devices"),
    path("sync/token/", view.token, name="sync_token"),
    path("sync/wiped/", view.wiped, name="sync_wiped"),
    path("sync/push/", view.push, name="sync_push"),
    path("sync/check/", view.check, name="sync_check"),
    path("sync/attachments/<uuid:entry>/<str:sha256>/", view.attachment, name="sync_attachment"),
    path("sync/pull/", view.pull, name="sync_pull"),
]
