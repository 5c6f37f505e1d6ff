"""Protective restraint: begun for danger of self-harm only, approved by the head, watched, and ended at once
when the danger is over. Officers and medics; 禁毒法 art. 44, 司法行政机关强制隔离戒毒工作规定 art. 40."""
