CREATE TABLE IF NOT EXISTS files (
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    again REAL,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    feed TEXT NOT NULL,
    key TEXT NOT NULL,
    settled INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (feed, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feeds (
    feed TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    source TEXT PRIMARY KEY,
    cause TEXT NOT NULL,
    first REAL NOT NULL,
    last REAL NOT NULL,
    tries INTEGER NOT NULL
) WITHOUT ROWID
