"""The assessment centre: what a panel of at least two found and why, the resident's copy, objections and
re-checks, and the written opinion. The legal result stands in `assessment`; who answers for it here.
强制隔离戒毒诊断评估办法 art. 2-6 (as far as seen); 戒毒条例 art. 45(5)."""
