"""Where reminders by short message are."""

from django.urls import path

from guitu.web.pages.messages import view

urlpatterns = [
    path("messages/", view.messages, name="messages"),
    path("messages/send/", view.send_now, name="messages_send"),
]
