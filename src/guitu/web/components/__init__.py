"""One folder per piece of a page: component.py (what it shows, with named states) and template.html."""
