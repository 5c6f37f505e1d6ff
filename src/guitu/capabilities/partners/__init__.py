"""What goes to and comes from the systems of others: the person's consent, and each exchange in the unit's
own file. Offices and centres that work with a partner (个人信息保护法 art. 29)."""
