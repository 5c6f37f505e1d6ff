"""What the person may ask for, and what is answered: corrections, objections, complaints, remedies, help,
family consent, a copy of the file. The person, or whoever writes it down for them; 个人信息保护法 arts 44-50,
行政复议法, 行政诉讼法, 国家赔偿法, 法律援助法."""
