"""The public site as a folder of plain files: no script, no trackers, nothing from elsewhere. It opens from a
disk and from any web server."""

from guitu.exchange.site.building import MADE, files
from guitu.exchange.site.publishing import digest_of, write

__all__ = ["MADE", "digest_of", "files", "write"]
