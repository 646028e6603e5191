-- Full-text search over folded words: of documents (title, text) and of claims (all, by role).
CREATE VIRTUAL TABLE document_search USING fts5(title, body, tokenize = "unicode61 remove_diacritics 0")

CREATE VIRTUAL TABLE claim_search USING fts5(body, actor, target, place, instrument, origin, destination, attribution, tokenize = "unicode61 remove_diacritics 0")

-- What must never change cannot be changed by mistake. `temoin verify` finds what is done on purpose.
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END

CREATE TRIGGER documents_keep BEFORE UPDATE OF content_key, sha256, size, text, text_sha256 ON documents
BEGIN
    SELECT RAISE(ABORT, 'the text of a document never changes');
END

CREATE TRIGGER documents_stay BEFORE DELETE ON documents
BEGIN
    SELECT RAISE(ABORT, 'a document is never deleted: set its status');
END

CREATE TRIGGER originals_keep BEFORE UPDATE ON originals
BEGIN
    SELECT RAISE(ABORT, 'original bytes never change');
END

CREATE TRIGGER records_keep BEFORE UPDATE OF document_id, number, producer_id, schema_version, sha256, codec, data ON records
BEGIN
    SELECT RAISE(ABORT, 'a record never changes');
END

CREATE TRIGGER records_stay BEFORE DELETE ON records
BEGIN
    SELECT RAISE(ABORT, 'a record is never deleted');
END

CREATE TRIGGER decisions_keep BEFORE UPDATE OF claim_id, field, verdict, value, machine, reviewer, reason_code, reason, at, claim_version, batch, undoes ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: decide anew, or undo');
END

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: undo it');
END

-- Views for Datasette, and for QGIS: one row a feature, with longitude, latitude and WKT.
CREATE VIEW claim_list AS
SELECT claims.id, documents.name AS document, documents.title, documents.published,
    claims.type, claims.trigger, claims.polarity, claims.certainty, claims.attribution,
    claims.earliest, claims.latest, claims.place, claims.country, claims.latitude, claims.longitude,
    claims.radius_km, claims.confidence, claims.state, claims.decided_by, claims.present,
    documents.sensitivity, documents.status, documents.id AS document_id
FROM claims JOIN documents ON documents.id = claims.document_id

CREATE VIEW map_claims AS
SELECT id, document, published, type, trigger AS label, polarity, certainty, earliest, latest,
    place, country, radius_km, confidence, state, sensitivity, latitude, longitude,
    'POINT(' || longitude || ' ' || latitude || ')' AS wkt
FROM claim_list
WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND status = 'active'
    AND state <> 'rejected' AND present

CREATE VIEW map_places AS
SELECT min(id) AS id, place, country, latitude, longitude, radius_km,
    count(*) AS claims, count(DISTINCT document) AS documents,
    min(earliest) AS earliest, max(latest) AS latest,
    'POINT(' || longitude || ' ' || latitude || ')' AS wkt
FROM map_claims
GROUP BY place, country, latitude, longitude, radius_km
