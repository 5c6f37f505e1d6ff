"""Reaching people during and after a community measure: every attempt, those that failed too. Town and
village workers, guidance stations; 戒毒条例 arts 15-18."""
