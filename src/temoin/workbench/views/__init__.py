"""What the endpoints of the workbench tell: queries over a case, as models of the API.

Lists of claims and documents come from `temoin.casefile.searching`. What counts all claims
of a filter (map, timeline, facets, entities) is counted in memory: `columns` holds the
claims of a case as numpy arrays and follows the audit log; `selecting` turns a query into
numbers of claims, by the same search. `remembering` keeps answers until the log goes on.
"""
