-- From the Russian list of June 2024 to the 28 points of November 2025: on how many items both
-- papers speak of, procedure left out, the ranges of the codes of both coders together do not
-- meet, so that the change is sure.
WITH ranges AS (
    SELECT proposal_id, dimension, min(code_low) AS low, max(code_high) AS high
    FROM read_csv('data/series/terms_codes.csv', header = true, quote = '"')
    GROUP BY ALL
),
counted AS (
    SELECT DISTINCT dimension
    FROM read_csv('data/series/terms_codebook.csv', header = true, quote = '"')
    WHERE block <> 'procedure'
),
moves AS (
    SELECT later.low > earlier.high AS better, later.high < earlier.low AS worse
    FROM ranges AS earlier
    JOIN ranges AS later USING (dimension)
    JOIN counted USING (dimension)
    WHERE earlier.proposal_id = 'ru-2024-06-14' AND later.proposal_id = 'us-2025-11-20'
)
SELECT sum(better::INT) AS terms_better, sum(worse::INT) AS terms_worse
FROM moves
