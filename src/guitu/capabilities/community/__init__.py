"""Community treatment and recovery in the town and village: absences, detention, excuses. Town staff;
戒毒条例 arts 13-24, 37-40."""
