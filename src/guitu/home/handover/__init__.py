"""The hand-over 出所衔接 as a baton: how far it has come, by when the next step is owed and by whom, what is
missing from the package. Worked out from entries; nothing is kept beside them. Pure."""
