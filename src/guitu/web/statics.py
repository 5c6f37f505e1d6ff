"""Keeps style sheet, script and htmx under names that carry their digest, so that browsers may keep them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed once, when the server starts. A file that is not there is an error at once. A
    script of ours that imports another finds it under its digest too."""

    manifest_strict = True
    keep_only_hashed_files = True
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("guitu/*.js", ((r"""(?P<matched>from "(?P<url>\./[a-z_]+\.js)")""", 'from "%(url)s"'),)),
    )
