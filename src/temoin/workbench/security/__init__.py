"""Who gets in, from where, with how much: everything that stands before an endpoint.

`docs/workbench.md` tells what is protected and what is not. Order of the layers, outermost
first: access log and counters, headers, host, method and path, origin, body.
"""
