"""The medical centre's daily work: who asks for a doctor, what was found and measured, and what others must
do for somebody without being told why. Doctors and nurses; 禁毒法 art. 45, 戒毒条例 art. 29."""
