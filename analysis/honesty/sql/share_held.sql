-- Share of Ukraine held by Russian forces on the latest map, from the areas in the provinces.
WITH latest AS (
    SELECT date, sum(occupied_km2) AS held_km2
    FROM read_csv('data/series/deepstate_daily_by_oblast.csv', header = true)
    GROUP BY date
    QUALIFY date = max(date) OVER ()
),
ukraine AS (
    SELECT value AS area_km2
    FROM read_csv('data/evidence.csv', header = true, all_varchar = true)
    WHERE id = 'ukraine-area-603628'
)
SELECT 100 * held_km2 / CAST(area_km2 AS DOUBLE) AS share_held
FROM latest CROSS JOIN ukraine
