-- The Act of April 2024: the whole, and security assistance as the Congressional Research
-- Service counts it.  The whole is the sum of the lines that are no part of another line,
-- which is another way than adding the parts.
WITH lines AS (FROM read_csv('data/series/act_2024_lines.csv', header = true))
SELECT
    sum(amount_usd) FILTER (WHERE part_of_seq IS NULL) / 1e9 AS act_total,
    sum(amount_usd) FILTER (WHERE purpose IN ('usai', 'stock-replacement', 'fmf')) / 1e9
        AS act_security
FROM lines
