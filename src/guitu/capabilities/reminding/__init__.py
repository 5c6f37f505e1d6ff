"""Reminders by short message: who agreed to them and to which number, what an office has laid down for them,
which visits were agreed, and what was sent. Done by towns, villages and guidance stations (戒毒条例 arts 18,
19: help as well as supervision; 个人信息保护法 art. 29: consent apart for what is sensitive)."""
