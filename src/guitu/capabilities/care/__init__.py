"""Plans of care for somebody whose illness may turn dangerous: named staff, what to watch for, the day of
review. Doctors and nurses; 戒毒条例 art. 29. Who may harm themselves has a crisis plan (`psychology`)."""
