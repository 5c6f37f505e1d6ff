"""Documents made for people, each from a Typst template beside its module; nothing is put on disk."""
