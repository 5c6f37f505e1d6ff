"""Taking any list along as CSV or as a workbook: one mechanism for every page that shows a table.

A list's own address, with `take=csv` or `take=xlsx`, answers with exactly the list that the address shows,
all its pages: the page's own view is asked for each of them, so that what is taken was decided and noted as
what is looked at, and it holds the same words. `guitu.access.taking` says whose lists, and for whom.

- `offered`: whether the page being written offers its lists, for the table that writes the links;
- `collecting`: the lists of a page, from its view, page after page;
- `words`: a table's cells in words;
- `writing`: CSV and workbooks, harmless to whoever opens them;
- `answering`: the answer to such an address.
"""
