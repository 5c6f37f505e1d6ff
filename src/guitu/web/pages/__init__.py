"""One folder per page: page.py (what it shows), view.py (decides nothing), template.html, urls.py."""
