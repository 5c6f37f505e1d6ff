"""Where the pages of a brigade's day are."""

from django.urls import path

from guitu.web.pages.daily import box_view, contact_view, pay_view, roll_view, table_view, view, work_view

urlpatterns = [
    path("daily/", view.home, name="daily"),
    path("daily/box/", box_view.box, name="daily_box"),
    path("daily/box/find/", box_view.find, name="daily_box_find"),
    path("daily/<str:code>/", view.day, name="daily_day"),
    path("daily/<str:code>/roll/", roll_view.roll, name="daily_roll"),
    path("daily/<str:code>/found/", roll_view.found, name="daily_found"),
    path("daily/<str:code>/timetable/", table_view.timetable, name="daily_timetable"),
    path("daily/<str:code>/timetable/new/", table_view.new, name="daily_timetable_new"),
    path("daily/<str:code>/work/", work_view.week, name="daily_work"),
    path("daily/<str:code>/work/<str:on>/", work_view.close, name="daily_work_day"),
    path("daily/<str:code>/pay/", pay_view.pay, name="daily_pay"),
    path("daily/<str:code>/pay/<str:month>/<str:case>/", pay_view.slip, name="daily_slip"),
    path("daily/<str:code>/contact/", contact_view.contact, name="daily_contact"),
    path("daily/<str:code>/leave/", contact_view.leave, name="daily_leave"),
    path("daily/<str:code>/leave/ask/", contact_view.ask_leave, name="daily_leave_ask"),
]
