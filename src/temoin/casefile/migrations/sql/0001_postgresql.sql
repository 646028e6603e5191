-- Full-text search over folded words: of documents (title, text) and of claims. A long text has
-- several parts, for a tsvector has at most 16,383 positions.
CREATE TABLE document_search (
    document_id integer NOT NULL REFERENCES documents (id),
    part integer NOT NULL,
    terms tsvector NOT NULL,
    PRIMARY KEY (document_id, part)
)

CREATE INDEX ix_document_search_terms ON document_search USING gin (terms)

CREATE TABLE claim_search (
    claim_id integer PRIMARY KEY REFERENCES claims (id),
    terms tsvector NOT NULL,
    actor tsvector NOT NULL,
    target tsvector NOT NULL,
    place tsvector NOT NULL,
    instrument tsvector NOT NULL,
    origin tsvector NOT NULL,
    destination tsvector NOT NULL,
    attribution tsvector NOT NULL
)

CREATE INDEX ix_claim_search_terms ON claim_search USING gin (terms, actor, target, place, instrument, origin, destination, attribution)

-- What must never change cannot be changed by mistake. `temoin verify` finds what is done on purpose.
CREATE FUNCTION temoin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0];
END $$

CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('the audit log is append-only')

CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION temoin_refuse('the audit log is append-only')

CREATE TRIGGER documents_keep BEFORE UPDATE OF content_key, sha256, size, text, text_sha256 ON documents
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('the text of a document never changes')

CREATE TRIGGER documents_stay BEFORE DELETE ON documents
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a document is never deleted: set its status')

CREATE TRIGGER originals_keep BEFORE UPDATE ON originals
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('original bytes never change')

CREATE TRIGGER records_keep BEFORE UPDATE OF document_id, number, producer_id, schema_version, sha256, codec, data ON records
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a record never changes')

CREATE TRIGGER records_stay BEFORE DELETE ON records
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a record is never deleted')

CREATE TRIGGER decisions_keep BEFORE UPDATE OF claim_id, field, verdict, value, machine, reviewer, reason_code, reason, at, claim_version, batch, undoes ON decisions
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a decision never changes: decide anew, or undo')

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a decision is never deleted: undo it')

-- Views for QGIS and for people: one row a feature, with longitude, latitude and WKT.
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
