"""What becomes of a record: sealed, no longer followed, corrected where somebody was listed in error, joined
with another file of the same person. Heads of offices, two at a time (治安管理处罚法 136，戒毒条例 7，
个人信息保护法 46、47)."""
