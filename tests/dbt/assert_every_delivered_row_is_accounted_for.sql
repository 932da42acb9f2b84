-- read = good + rejected + skipped, for every delivery: whatever a reader does, no row may vanish.
select
    delivery_sha256,
    feed_code,
    read_count,
    good_count,
    rejected_count,
    skipped_count
from {{ ref('fct_deliveries') }}
where read_count is distinct from good_count + rejected_count + skipped_count
