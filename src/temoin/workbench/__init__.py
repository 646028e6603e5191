"""The workbench: look at a case, decide and hand over, in a browser on this machine.

    temoin serve case.temoin

- `app.create_app` puts it together; `serving.serve` runs it.
- `security` stands before everything; `docs/workbench.md` has the threat model.
- `users`, `jobs`, `live` are what the server has of its own: who may what, what runs in the
  background, what is told to open browsers.
- `server` has the endpoints for these, `api` those for data, `views` the queries behind them.
- The pages are built from `web/` into `static`.

Importing this package imports nothing of it: the command line must start quickly.
"""
