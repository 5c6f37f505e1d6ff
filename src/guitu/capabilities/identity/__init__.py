"""Who the person is and which office answers for them. Done by whoever opens the file; 个人信息保护法
art. 34."""
