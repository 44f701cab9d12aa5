-- One row for each real document that plans cite: what it is, how often and how it is cited, what became of it.
-- Undated mentions count with the dated document that they mean. A plan that was read has its own title where no mention
-- gives one.
SELECT
    documents.key AS document,
    documents.code,
    documents.type,
    documents.name,
    COALESCE(documents.title, plans.title) AS title,
    documents.date,
    organisations.name AS issuer,
    documents.mentions,
    documents.plans,
    documents.provinces,
    documents.first_cited,
    documents.last_cited,
    COALESCE((SELECT r.mentions FROM document_relations AS r
        WHERE r.document_id = documents.id AND r.relation = 'basis'), 0) AS as_basis,
    COALESCE((SELECT r.mentions FROM document_relations AS r
        WHERE r.document_id = documents.id AND r.relation = 'implements'), 0) AS as_implemented,
    COALESCE((SELECT r.mentions FROM document_relations AS r
        WHERE r.document_id = documents.id AND r.relation = 'assigns'), 0) AS as_assigning,
    COALESCE((SELECT r.mentions FROM document_relations AS r
        WHERE r.document_id = documents.id AND r.relation = 'mentions'), 0) AS as_mentioned,
    COALESCE((SELECT SUM(r.mentions) FROM document_relations AS r
        WHERE r.document_id = documents.id AND r.relation IN ('amends', 'replaces', 'repeals')), 0) AS as_changed,
    plans.key AS plan,
    documents.status,
    documents.status_since,
    changing.key AS status_by,
    EXISTS (SELECT 1 FROM document_warnings AS w WHERE w.document_id = documents.id) AS conflict,
    checks.decided_by AS checked_by,
    checks.decided_at AS checked_at
FROM documents
LEFT JOIN organisations ON organisations.id = documents.issuer_id
LEFT JOIN plans ON plans.id = documents.plan_id
LEFT JOIN documents AS changing ON changing.id = documents.status_by_id
LEFT JOIN decisions AS checks ON checks.kind = 'document_date' AND checks.subject = documents.key
WHERE documents.dated_id IS NULL
