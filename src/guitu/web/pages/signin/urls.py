"""Where one signs in and out, and chooses a post."""

from django.urls import path

from guitu.web.pages.signin import view

urlpatterns = [
    path("sign-in/", view.sign_in, name="sign_in"),
    path("set-password/", view.set_password, name="set_password"),
    path("sign-out/", view.sign_out, name="sign_out"),
    path("here/", view.here, name="here"),
    path("post/", view.choose_post, name="post"),
]
