"""Scenes of relaxation and of refusal: which there are, before one opens, the scene, and what is kept."""
