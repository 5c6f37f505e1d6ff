"""The public site as its pages are put together: plain text into safe HTML, and what stands on which page."""
