-- Drift and volatility of the front as they could be known at the article: ISW's maps of 2023 in
-- steps of at least 28 days, and its two totals of January to May 2024; a month has
-- 30.4375 days.
WITH RECURSIVE maps AS (
    SELECT date, sum(area_km2) AS area_km2
    FROM read_csv('data/series/isw_layers_daily.csv', header = true)
    WHERE date >= DATE '2023-01-01'
        AND layer IN ('assessed_russian_control', 'assessed_russian_advances')
    GROUP BY date
    HAVING count(*) = 2
),
kept AS (
    SELECT date, area_km2 FROM maps WHERE date = (SELECT min(date) FROM maps)
    UNION ALL
    SELECT maps.date, maps.area_km2
    FROM kept JOIN maps
        ON maps.date = (SELECT min(later.date) FROM maps AS later WHERE later.date >= kept.date + 28)
),
steps_2023 AS (
    SELECT date_diff('day', lag(date) OVER (ORDER BY date), date) AS days,
        area_km2 - lag(area_km2) OVER (ORDER BY date) AS change_km2
    FROM kept
),
totals AS (
    SELECT period_start, period_end, russian_gain_km2 AS gain_km2
    FROM read_csv('data/series/territory_published_changes.csv', header = true)
    WHERE evidence_id IN ('isw-jan-apr-2024-516', 'isw-jan-may-2024-752')
),
steps_2024 AS (
    SELECT date_diff('day', coalesce(lag(period_end) OVER (ORDER BY period_end),
                                     period_start - 1), period_end) AS days,
        gain_km2 - coalesce(lag(gain_km2) OVER (ORDER BY period_end), 0) AS change_km2
    FROM totals
),
steps AS (
    SELECT days / 30.4375 AS months, change_km2 FROM steps_2023 WHERE days IS NOT NULL
    UNION ALL
    SELECT days / 30.4375, change_km2 FROM steps_2024
),
middle AS (SELECT sum(change_km2) / sum(months) AS drift FROM steps)
SELECT any_value(drift) AS front_drift,
    sqrt(sum((change_km2 - drift * months) ** 2 / months) / (count(*) - 1)) AS front_volatility
FROM steps CROSS JOIN middle
