-- One row for each plan: who issued it, where and when, and how many facts of each kind it gave.
-- `province` is that of the plan's date, `province_now` the one that has its land since 1 July 2025.
SELECT
    plans.key AS plan,
    plans.code,
    plans.title,
    plans.doc_type,
    plans.issue_date,
    plans.year,
    plans.period_start,
    plans.period_end,
    plans.issuer,
    old.name AS province,
    old.scheme AS province_scheme,
    old.code AS province_code,
    old.region,
    COALESCE(new.name, old.name) AS province_now,
    COALESCE(new.region, old.region) AS region_now,
    plans.signer_name,
    plans.signer_position,
    plans.pages,
    plans.ocr,
    plans.ocr_confidence,
    plans.confidence,
    plans.extractor_version,
    (SELECT COUNT(*) FROM sections WHERE sections.plan_id = plans.id) AS section_count,
    (SELECT COUNT(*) FROM citations WHERE citations.plan_id = plans.id) AS reference_count,
    (SELECT COUNT(*) FROM deadlines WHERE deadlines.plan_id = plans.id) AS deadline_count,
    (SELECT COUNT(*) FROM targets WHERE targets.plan_id = plans.id) AS target_count,
    (SELECT COUNT(*) FROM tasks WHERE tasks.plan_id = plans.id) AS task_count,
    (SELECT COUNT(*) FROM warnings WHERE warnings.plan_id = plans.id) AS warning_count,
    (SELECT COUNT(*) FROM source_files WHERE source_files.plan_id = plans.id) AS file_count
FROM plans
LEFT JOIN provinces AS old ON old.id = plans.province_id
LEFT JOIN provinces AS new ON new.id = old.successor_id
