"""Keeps style sheet, script and htmx under names that carry their digest, so that browsers may keep them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed once, when the server starts. A file that is not there is an error at once."""

    manifest_strict = True
    keep_only_hashed_files = True
    support_js_module_import_aggregation = True  # a script that imports another names it by its digest too
