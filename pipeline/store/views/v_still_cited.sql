-- One row for each mention by which a plan rests on a document (căn cứ, thực hiện) that was replaced or repealed before
-- the plan was issued, as some plan or paper in the database says. Of a year or a month alone nobody knows what was
-- first within it: the plan then has to be of a later one.
SELECT
    plans.key AS plan,
    plans.code,
    plans.title,
    plans.issue_date,
    old.name AS province,
    documents.key AS document,
    documents.code AS document_code,
    documents.title AS document_title,
    documents.status,
    documents.status_since,
    changing.key AS status_by,
    citations.fact_id AS reference,
    citations.relation,
    citations.text,
    citations.page
FROM documents
JOIN documents AS cited ON cited.id = documents.id OR cited.dated_id = documents.id
JOIN citations ON citations.document_id = cited.id AND citations.relation IN ('basis', 'implements')
JOIN plans ON plans.id = citations.plan_id
    AND SUBSTR(plans.issue_date, 1, LENGTH(documents.status_since)) > documents.status_since
LEFT JOIN provinces AS old ON old.id = plans.province_id
LEFT JOIN documents AS changing ON changing.id = documents.status_by_id
WHERE documents.status IN ('replaced', 'repealed')
