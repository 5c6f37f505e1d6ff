"""The psychology centre: screening, counselling, groups, crisis plans. Done by counsellors, with doctors.

A counsellor advises and does not diagnose (精神卫生法 art. 23): who may be ill is referred to a psychiatrist.
What is said in confidence is `close`: it is read where this work is done, and not on the file's timeline.
"""
