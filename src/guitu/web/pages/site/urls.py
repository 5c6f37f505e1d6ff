"""Where the public site is written."""

from django.urls import path

from guitu.web.pages.site import view

urlpatterns = [
    path("site/", view.site, name="site"),
    path("site/write/<str:kind>/", view.write, name="site_write"),
    path("site/preview/<path:file>", view.preview, name="site_preview"),
    path("site/drafts/<path:file>", view.drafts, name="site_drafts"),
    path("site/publish/", view.publishing, name="site_publish"),
    path("site/site.zip", view.packed, name="site_zip"),
]
