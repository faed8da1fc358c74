-- Share of wars between states since 1823 that went on at the age this war had on the day of
-- the article, by the product of Kaplan and Meier: a war that became another war was only
-- observed until then.
WITH wars AS (
    SELECT duration_days AS days, ending = 'became another war' AS censored
    FROM read_csv('data/series/interstate_wars.csv', header = true)
),
lengths AS (
    SELECT DISTINCT days FROM wars
    WHERE days <= date_diff('day', DATE '2022-02-24', DATE '2024-06-03') + 1
),
risk AS (
    SELECT lengths.days,
        count(*) FILTER (WHERE wars.days = lengths.days AND NOT censored) AS ended,
        count(*) FILTER (WHERE wars.days >= lengths.days) AS going_on
    FROM lengths CROSS JOIN wars
    GROUP BY lengths.days
)
SELECT 100 * product(1 - ended / going_on) AS surviving
FROM risk
