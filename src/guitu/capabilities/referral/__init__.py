"""Sent to a hospital, and treatment outside the centre: asked for, approved by the authority above, filed
with the deciding organ, and followed. Doctors and heads of centres; 戒毒条例 art. 31."""
