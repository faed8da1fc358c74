-- The one count of a month of the fall of 2023 that was public by the article: what Russian
-- and what Ukrainian forces gained, together, in the square miles that were printed; and how
-- many days of the period to which the article's number belongs lie in that fall.
WITH printed AS (
    FROM read_csv('data/series/territory_published_changes.csv', header = true)
    WHERE tracker = 'ISW' AND scope = 'Ukraine'
),
month AS (
    SELECT sum(CASE measure WHEN 'gross Russian' THEN 1 WHEN 'gross Ukrainian' THEN -1 END
               * abs(value_as_published)) AS net_sq_mi
    FROM printed
    WHERE period_start = DATE '2023-10-21' AND period_end = DATE '2023-11-21'
        AND unit_as_published = 'sq mi' AND measure LIKE 'gross%'
),
article AS (
    SELECT value_as_published AS sq_mi,
        greatest(0, date_diff('day', DATE '2023-09-23', period_end) + 1) AS days_of_fall
    FROM printed
    WHERE evidence_id = 'nyt-net-gain-188'
)
SELECT net_sq_mi AS fall_month, days_of_fall AS fall_days
FROM month CROSS JOIN article
