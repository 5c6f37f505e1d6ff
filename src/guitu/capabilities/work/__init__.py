"""Work in a centre: planned within its ceilings, only for those who are able, and paid. Brigade officers and
doctors; 禁毒法 art. 43, 司法行政机关强制隔离戒毒工作规定 art. 43."""
