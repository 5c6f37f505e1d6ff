"""Handing a person over: one unit sends the file, another accepts it. Until then the sender answers for the
person. Towns, centres and counties; 戒毒条例 arts 22, 27, 34."""
