-- Military allocations from June 2024 to November 2025 by the Kiel Institute, in thousand
-- million euros; months from a withdrawn draft are no part of them.
WITH months AS (
    FROM read_csv('data/series/kiel_monthly_groups.csv', header = true)
    WHERE month BETWEEN DATE '2024-06-01' AND DATE '2025-11-30' AND state NOT LIKE '%draft%'
)
SELECT
    sum(military_eur_bn) FILTER (WHERE donor_group = 'Europe') AS allocated_europe,
    sum(military_eur_bn) FILTER (WHERE donor_group = 'United States') AS allocated_us
FROM months
