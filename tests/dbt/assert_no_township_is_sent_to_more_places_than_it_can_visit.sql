-- Guards the picks: the capacity of a township holds for both kinds together, and the order has
-- no gap.
select township_code
from {{ ref('rpt_patrol_suggestions') }}
group by township_code
having
    count(*) > {{ setting('patrol_places_per_week') }}
    or max(pick_number) <> count(*)
    or count(distinct place_id) <> count(*)
