-- One row for each target that an indicator is known of, with its rank among those of its indicator and year: the best
-- first, by size where neither is better. `apart` says why a row is not compared (other population, only a part of
-- another target, a change, another unit, another kind of bound, no year, no number; "plan": the plan is a draft of
-- another, or was replaced or repealed); it then has no rank.
SELECT
    measures.indicator_id,
    indicators.name AS indicator_name,
    indicators.direction,
    measures.year,
    ranks.rank,
    old.name AS province,
    old.scheme AS province_scheme,
    old.region,
    COALESCE(new.name, old.name) AS province_now,
    COALESCE(new.region, old.region) AS region_now,
    targets.comparator,
    measures.value,
    indicators.unit,
    targets.baseline_value,
    targets.baseline_year,
    CASE WHEN past.plan_id IS NULL THEN measures.apart ELSE 'plan' END AS apart,
    targets.subject,
    plans.key AS plan,
    plans.code,
    plans.issue_date,
    targets.fact_id AS target,
    targets.text,
    targets.page,
    targets.confidence,
    checks.decided_by AS checked_by,
    checks.decided_at AS checked_at
FROM measures
JOIN indicators ON indicators.id = measures.indicator_id
JOIN targets ON targets.plan_id = measures.plan_id AND targets.fact_id = measures.target_id
LEFT JOIN (
    SELECT other_id AS plan_id FROM plan_links WHERE kind IN ('replaces', 'repeals')
    UNION
    SELECT plan_id FROM plan_links WHERE kind = 'draft'
) AS past ON past.plan_id = measures.plan_id
LEFT JOIN ranks ON measures.apart IS NULL AND past.plan_id IS NULL AND ranks.indicator_id = measures.indicator_id
    AND ranks.year = measures.year AND ranks.value = measures.value
JOIN plans ON plans.id = measures.plan_id
LEFT JOIN provinces AS old ON old.id = plans.province_id
LEFT JOIN provinces AS new ON new.id = old.successor_id
LEFT JOIN decisions AS checks ON checks.kind = 'fact' AND checks.subject = plans.key || ' ' || targets.fact_id
