"""A test before and after it: told beforehand, the sample sealed in two, handed from hand to hand, what the
laboratory said. Town and village workers, doctors; 吸毒检测程序规定 art. 8 (seen in secondary copies)."""
