"""Diagnostic assessment and what follows from it: opinion and decision. Panel proposes, police decide;
戒毒条例 art. 33, 35."""
