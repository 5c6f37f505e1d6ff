"""The gate: what is done when somebody is brought to a centre, step by step, and who is not admitted.
Intake officers, doctors and heads; 禁毒法 arts 39-45, 戒毒条例 arts 26-30. `admission` itself is in
`isolation`."""
