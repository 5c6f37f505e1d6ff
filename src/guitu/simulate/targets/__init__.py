"""A province made to measure: its records have the margins of a targets file.

`margins` is the arithmetic (how a total falls on places and months, and which counts hold which), `demand`
reads what a file asks of each kind of entry, `people` and `units` write what is asked, `background` is
everybody else, who must not be counted by anything the file fixes.
"""
