"""Where administrators look after accounts."""

from django.urls import path

from guitu.web.pages.accounts import view

urlpatterns = [
    path("accounts/", view.accounts, name="accounts"),
    path("accounts/new/", view.new, name="accounts_new"),
    path("accounts/<int:number>/", view.one, name="accounts_one"),
    path("accounts/<int:number>/act/", view.act, name="accounts_act"),
    path("accounts/<int:number>/phone/", view.phone, name="accounts_phone"),
    path("accounts/<int:number>/post/", view.give_post, name="accounts_post"),
    path("accounts/<int:number>/post/take/", view.take_post, name="accounts_post_take"),
]
