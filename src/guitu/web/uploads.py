"""Files come in only where a page takes them: everywhere else a form with a file is refused, unread.

Django's own handlers would keep any file that anybody sends, and write large ones to a temporary folder.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler


class NoFiles(FileUploadHandler):
    """Refuses the first file of a form. A page that takes files sets handlers of its own before it reads."""

    def new_file(self, *_args: object, **_kwargs: object) -> None:
        """A file begins."""
        raise BadRequest("no file is expected here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> None:
        """Never reached."""
