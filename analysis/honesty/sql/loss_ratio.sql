-- Equipment lost with a picture, all types, on the last list before the article: Russian over
-- Ukrainian, from the four fates of a vehicle and not from the printed total.
WITH lists AS (
    SELECT country, date, destroyed + abandoned + captured + damaged AS units
    FROM read_csv('data/series/oryx_losses.csv', header = true)
    WHERE equipment = 'all' AND date <= DATE '2024-06-03'
    QUALIFY date = max(date) OVER (PARTITION BY country)
)
SELECT
    max(units) FILTER (WHERE country = 'Russia')
    / max(units) FILTER (WHERE country = 'Ukraine') AS loss_ratio
FROM lists
