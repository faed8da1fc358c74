-- Land held by Russian forces on the last map of the article's eighteen months, less that on
-- the first map there is, by adding up the changes from each map to the next.
WITH steps AS (
    SELECT date, occupied_km2 - lag(occupied_km2) OVER (ORDER BY date) AS change_km2
    FROM read_csv('data/series/deepstate_daily_total.csv', header = true)
)
SELECT sum(change_km2) AS window_gain
FROM steps
WHERE date <= DATE '2025-12-03'
