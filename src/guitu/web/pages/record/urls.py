"""Where entries are recorded, corrected and withdrawn."""

urlpatterns = []
