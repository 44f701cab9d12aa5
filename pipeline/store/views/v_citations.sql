-- One row for each mention of a document: who cites what, how, and in which words. An undated mention stands with the
-- dated document that it means. `lag_days` are the days from the document to the plan, where both dates are whole.
SELECT
    mentioned.plan,
    mentioned.code,
    mentioned.title,
    mentioned.issue_date,
    mentioned.issuer,
    mentioned.province,
    mentioned.province_now,
    mentioned.document,
    mentioned.document_code,
    mentioned.document_name,
    mentioned.document_date,
    mentioned.document_issuer,
    mentioned.document_plan,
    mentioned.reference,
    mentioned.relation,
    mentioned.provision,
    mentioned.date_as_cited,
    CASE WHEN LENGTH(mentioned.issue_date) = 10 AND LENGTH(mentioned.document_date) = 10 THEN
        (issued_months / 12 * 365 + issued_months / 48 - issued_months / 1200 + issued_months / 4800
            + ((issued_months - issued_months / 12 * 12) * 153 + 2) / 5 + CAST(SUBSTR(mentioned.issue_date, 9, 2) AS INTEGER))
        - (cited_months / 12 * 365 + cited_months / 48 - cited_months / 1200 + cited_months / 4800
            + ((cited_months - cited_months / 12 * 12) * 153 + 2) / 5 + CAST(SUBSTR(mentioned.document_date, 9, 2) AS INTEGER))
    END AS lag_days,
    mentioned.text,
    mentioned.page,
    mentioned.span_start,
    mentioned.span_end,
    mentioned.confidence
FROM (
    SELECT
        plans.key AS plan,
        plans.code,
        plans.title,
        plans.issue_date,
        plans.issuer,
        old.name AS province,
        COALESCE(new.name, old.name) AS province_now,
        documents.key AS document,
        documents.code AS document_code,
        documents.name AS document_name,
        documents.date AS document_date,
        issuers.name AS document_issuer,
        own.key AS document_plan,
        citations.fact_id AS reference,
        citations.relation,
        citations.provision,
        citations.date AS date_as_cited,
        citations.text,
        citations.page,
        citations.span_start,
        citations.span_end,
        citations.confidence,
        -- Months since March of the year 0, so that a leap day ends its year; both databases count this alike.
        CASE WHEN LENGTH(plans.issue_date) = 10 THEN CAST(SUBSTR(plans.issue_date, 1, 4) AS INTEGER) * 12
            + CAST(SUBSTR(plans.issue_date, 6, 2) AS INTEGER) - 3 END AS issued_months,
        CASE WHEN LENGTH(documents.date) = 10 THEN CAST(SUBSTR(documents.date, 1, 4) AS INTEGER) * 12
            + CAST(SUBSTR(documents.date, 6, 2) AS INTEGER) - 3 END AS cited_months
    FROM citations
    JOIN plans ON plans.id = citations.plan_id
    LEFT JOIN provinces AS old ON old.id = plans.province_id
    LEFT JOIN provinces AS new ON new.id = old.successor_id
    LEFT JOIN documents AS cited ON cited.id = citations.document_id
    LEFT JOIN documents ON documents.id = COALESCE(cited.dated_id, cited.id)
    LEFT JOIN organisations AS issuers ON issuers.id = documents.issuer_id
    LEFT JOIN plans AS own ON own.id = documents.plan_id
) AS mentioned
