-- One row for each target: what is measured, the number in the plan's words and unit, and what it starts from.
-- `value` is the number that it is held to, in the unit of the indicator's catalogue entry, where it has one.
SELECT
    plans.key AS plan,
    plans.code,
    plans.title,
    old.name AS province,
    COALESCE(new.name, old.name) AS province_now,
    plans.year AS plan_year,
    targets.fact_id AS target,
    measures.indicator_id,
    indicators.name AS indicator_name,
    indicators.family,
    targets.indicator,
    targets.subject,
    targets.comparator,
    targets.low,
    targets.high,
    targets.unit,
    targets.approximate,
    targets.change,
    measures.year,
    targets.period_start,
    targets.period_end,
    measures.value,
    indicators.unit AS value_unit,
    targets.baseline_value,
    targets.baseline_year,
    targets.baseline_words,
    targets.part_of_id AS part_of,
    targets.text,
    sections.path AS section,
    sections.heading,
    targets.page,
    targets.span_start,
    targets.span_end,
    targets.confidence,
    checks.decided_by AS checked_by,
    checks.decided_at AS checked_at
FROM targets
JOIN plans ON plans.id = targets.plan_id
LEFT JOIN measures ON measures.plan_id = targets.plan_id AND measures.target_id = targets.fact_id
LEFT JOIN indicators ON indicators.id = measures.indicator_id
LEFT JOIN provinces AS old ON old.id = plans.province_id
LEFT JOIN provinces AS new ON new.id = old.successor_id
LEFT JOIN sections ON sections.plan_id = targets.plan_id AND sections.fact_id = targets.section_id
LEFT JOIN decisions AS checks ON checks.kind = 'fact' AND checks.subject = plans.key || ' ' || targets.fact_id
