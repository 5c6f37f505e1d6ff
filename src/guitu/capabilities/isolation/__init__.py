"""Compulsory isolation between admission and release: places, zones, leave, escape. Centre staff;
戒毒条例 arts 27-36."""
