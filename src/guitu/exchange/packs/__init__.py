"""Month, quarter and year packs: what one holds (`content`), how it is laid out (`report`), and as Word, PDF
and Excel. Nothing is put on disk here."""
