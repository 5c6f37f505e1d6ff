"""Help that was given: services, work, a place to live and work. Town offices, stations, centres; 戒毒条例
arts. 18, 41, 42, 禁毒法 art. 49."""
