"""Medicines: allergies, prescriptions, every dose given, refused or held, and what is taken along on release.
Doctors prescribe, nurses give; 禁毒法 art. 45, 戒毒条例 art. 29."""
