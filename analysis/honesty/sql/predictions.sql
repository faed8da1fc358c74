-- Of the predictions made and due by the article and resolved, the share that failed, by the
-- first coding; and how far two codings of all of them agree beyond chance (Cohen's kappa).
WITH codings AS (
    FROM read_csv('data/series/prediction_codings.csv', header = true, quote = '"')
),
due AS (
    SELECT prediction_id
    FROM read_csv('data/series/predictions.csv', header = true, quote = '"')
    WHERE made <= DATE '2024-06-03' AND due <= DATE '2024-06-03'
),
failed AS (
    SELECT 100 * avg((outcome = 'false')::INT) AS share
    FROM codings SEMI JOIN due USING (prediction_id)
    WHERE coding_pass = 1 AND outcome <> 'unresolved'
),
pairs AS (
    SELECT first.outcome AS one, second.outcome AS other
    FROM codings AS first JOIN codings AS second USING (prediction_id)
    WHERE first.coding_pass = 1 AND second.coding_pass = 2
),
observed AS (SELECT avg((one = other)::INT) AS alike FROM pairs),
expected AS (
    SELECT sum(ones.n * others.n) / (SELECT count(*) FROM pairs) ** 2 AS chance
    FROM (SELECT one AS word, count(*) AS n FROM pairs GROUP BY one) AS ones
    JOIN (SELECT other AS word, count(*) AS n FROM pairs GROUP BY other) AS others USING (word)
)
SELECT share AS predictions_failed, (alike - chance) / (1 - chance) AS predictions_kappa
FROM failed CROSS JOIN observed CROSS JOIN expected
