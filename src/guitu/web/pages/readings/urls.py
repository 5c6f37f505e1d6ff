"""Where the access log is read."""

from django.urls import path

from guitu.web.pages.readings import export, view

urlpatterns = [
    path("readings/", view.front, name="access_log"),
    path("readings/account/", view.account, name="account_readings"),
    path("readings/review/", view.review, name="review_reading"),
    path("readings/mine/", view.mine, name="my_readings"),
    path("people/<str:case>/readings/", view.of_file, name="file_readings"),
    path("people/<str:case>/readings/export/", export.of_file, name="export_file_readings"),
    path("readings/account/export/", export.of_account, name="export_account_readings"),
]
