"""Wards, rooms and beds: what a centre has, and who lies where. Heads and brigades keep them; 禁毒法 art. 44,
戒毒条例 art. 30 (people managed apart by sex, age and illness)."""
