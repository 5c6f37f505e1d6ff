"""Where one signs in and out, and chooses a post."""

from django.urls import path

from guitu.web.pages.signin import second, sso, view

urlpatterns = [
    path("sign-in/", view.sign_in, name="sign_in"),
    path("sign-in/second/", second.second_step, name="second_step"),
    path("sign-in/passkey/", second.by_passkey, name="passkey_sign_in"),
    path("sign-in/sso/", sso.start, name="sso"),
    path("sign-in/sso/back/", sso.back, name="sso_back"),
    path("passkey/ask/", second.ask, name="passkey_ask"),
    path("set-password/", view.set_password, name="set_password"),
    path("sign-out/", view.sign_out, name="sign_out"),
    path("here/", view.here, name="here"),
    path("post/", view.choose_post, name="post"),
]
