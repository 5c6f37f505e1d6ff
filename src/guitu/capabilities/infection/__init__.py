"""What is kept specially secret: HIV, TB, hepatitis and the like, and its report to the public
health authorities. Doctors only; 艾滋病防治条例 art. 39, 传染病防治法 arts 13, 16, 45."""
