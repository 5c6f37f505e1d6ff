"""Where one sees and changes one's own account."""

from django.urls import path

from guitu.web.pages.account import confirm, view

urlpatterns = [
    path("account/", view.account, name="account"),
    path("account/password/", view.password, name="account_password"),
    path("account/codes/", view.codes, name="account_codes"),
    path("account/codes/remove/", view.remove_codes, name="account_codes_remove"),
    path("account/recovery/", view.new_recovery, name="account_recovery"),
    path("account/passkeys/add/", view.add_passkey, name="account_passkey_add"),
    path("account/passkeys/remove/", view.remove_passkey, name="account_passkey_remove"),
    path("account/sessions/end/", view.end_session, name="account_session_end"),
    path("account/phones/", view.phone, name="account_phone"),
    path("account/confirm/", confirm.confirm, name="confirm"),
]
