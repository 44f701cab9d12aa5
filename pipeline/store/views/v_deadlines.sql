-- One row for each day on which a deadline falls, and one without a day for those that name none.
-- `work` is the first task that hangs on the deadline, else the smallest one that it stands in.
-- Rules ("hằng quý") give all their days within the plan's time; `working_day` is the day or the next working day.
SELECT
    plans.key AS plan,
    plans.code,
    plans.title,
    old.name AS province,
    COALESCE(new.name, old.name) AS province_now,
    plans.year,
    deadlines.fact_id AS deadline,
    days.day,
    days.working_day,
    deadlines.kind,
    deadlines.bound,
    deadlines.text,
    COALESCE(
        (SELECT tasks.text FROM tasks
            WHERE tasks.plan_id = deadlines.plan_id AND (
                tasks.deadline_id = deadlines.fact_id OR tasks.fact_id IN (
                    SELECT links.task_id FROM deadline_tasks AS links
                    WHERE links.plan_id = deadlines.plan_id AND links.deadline_id = deadlines.fact_id))
            ORDER BY tasks.position LIMIT 1),
        (SELECT tasks.text FROM tasks
            WHERE tasks.plan_id = deadlines.plan_id
                AND tasks.span_start <= deadlines.span_start AND tasks.span_end >= deadlines.span_end
            ORDER BY tasks.span_end - tasks.span_start, tasks.position LIMIT 1)
    ) AS work,
    deadlines.responsible,
    units.name AS responsible_unit,
    deadlines.recipient,
    receivers.name AS recipient_unit,
    deadlines.start_date,
    deadlines.end_date,
    deadlines.precision,
    deadlines.rrule,
    deadlines.anchor,
    deadlines.lapse,
    deadlines.lapse_unit,
    deadlines.approximate,
    sections.path AS section,
    sections.heading,
    deadlines.page,
    deadlines.span_start,
    deadlines.span_end,
    deadlines.confidence,
    checks.decided_by AS checked_by,
    checks.decided_at AS checked_at
FROM deadlines
JOIN plans ON plans.id = deadlines.plan_id
LEFT JOIN deadline_days AS days ON days.plan_id = deadlines.plan_id AND days.deadline_id = deadlines.fact_id
LEFT JOIN provinces AS old ON old.id = plans.province_id
LEFT JOIN provinces AS new ON new.id = old.successor_id
LEFT JOIN organisations AS units ON units.id = deadlines.responsible_id
LEFT JOIN organisations AS receivers ON receivers.id = deadlines.recipient_id
LEFT JOIN sections ON sections.plan_id = deadlines.plan_id AND sections.fact_id = deadlines.section_id
LEFT JOIN decisions AS checks ON checks.kind = 'fact' AND checks.subject = plans.key || ' ' || deadlines.fact_id
