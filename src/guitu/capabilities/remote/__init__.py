"""Remote medicine: a hospital's doctor consulted by video, with the person's consent. The centre's doctor
asks and prescribes, the hospital's doctor advises; 禁毒法 art. 45, 戒毒条例 art. 29,
个人信息保护法 art. 29."""
