"""Drug tests: asked for, taken, refused, confirmed. Two testers each time; 吸毒检测程序规定, 戒毒条例
arts 19-20."""
