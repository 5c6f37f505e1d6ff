"""Recovery farms and parks: what they offer, what was paid, and that anybody leaves who wants to. Counties,
towns and the person; 禁毒法 art. 49, 戒毒条例 arts. 41, 42."""
