"""Where units' own files are."""

from django.urls import path

from guitu.web.pages.unitfile import view

urlpatterns = [
    path("units/<str:code>/file/", view.unit_file, name="unit_file"),
    path("units/<str:code>/file/record/<str:kind>/", view.record, name="unit_record"),
    path("units/<str:code>/file/correct/<uuid:entry>/", view.correct, name="unit_correct"),
    path("units/<str:code>/file/withdraw/<uuid:entry>/", view.withdraw, name="unit_withdraw"),
]
