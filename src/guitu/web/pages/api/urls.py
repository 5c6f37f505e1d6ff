"""Where tokens are made and ended, and where programs call."""

from django.urls import path

from guitu.web.api.api import addresses
from guitu.web.pages.api import view

urlpatterns = [
    path("account/tokens/", view.mine, name="api_tokens"),
    path("account/tokens/new/", view.new, name="api_token_new"),
    path("account/tokens/collect/", view.collect, name="api_token_collect"),
    path("account/tokens/end/", view.end, name="api_token_end"),
    path("accounts/tokens/", view.everyone, name="api_admin"),
    path("accounts/tokens/new/", view.prepare, name="api_admin_new"),
    path("accounts/tokens/end/", view.end_other, name="api_admin_end"),
    path("accounts/tokens/allow/", view.allow, name="api_admin_allow"),
    *addresses(),
]
