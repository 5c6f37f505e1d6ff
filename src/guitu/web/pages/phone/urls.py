"""Where the worker's phone is."""

from django.urls import path

from guitu.web.pages.phone.view import files, manifest, phone, worker

urlpatterns = [
    path("phone/", phone, name="phone"),
    path("phone/shell.json", files, name="phone_shell"),
    path("phone/worker.js", worker, name="phone_worker"),
    path("phone/app.webmanifest", manifest, name="phone_manifest"),
]
