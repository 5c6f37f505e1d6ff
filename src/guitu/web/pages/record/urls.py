"""Where entries are recorded, corrected and withdrawn."""

from django.urls import path

from guitu.web.pages.record import view

urlpatterns = [
    path("files/<str:case>/record/", view.choose, name="record_choose"),
    path("files/<str:case>/record/<slug:kind>/", view.record, name="record"),
    path("files/<str:case>/entries/<uuid:entry>/correct/", view.correct, name="correct"),
    path("files/<str:case>/entries/<uuid:entry>/withdraw/", view.withdraw, name="withdraw"),
    path("record/units/", view.units, name="record_units"),
]
