"""Guidance stations: which towns they cover, their visits, advice asked and given. Stations, towns, counties;
that centres guide communities says 戒毒条例 art. 5; what that is, the law leaves open."""
