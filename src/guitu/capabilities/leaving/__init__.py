"""The way out: what a person takes along, what is made ready, which papers are given. Every office of a
centre has its part; 戒毒条例 art. 34. The release and its notice are in `orders`, handing over in
`handover`."""
