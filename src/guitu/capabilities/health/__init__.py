"""What the centre's doctor must know at the gate: illness and the drugs used. Medical staff; 戒毒条例
art. 29."""
