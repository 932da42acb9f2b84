-- Guards the families: all evidence of a claim is held against the same sentence, day, place and
-- unit, for the row that is shown takes them from whichever evidence comes first.
select contradiction_id
from {{ ref('int_contradictions_unioned') }}
group by contradiction_id
having
    count(distinct {{ hash_id([
        'claim_text', 'claim_date', 'claimed_at', 'claim_unit_code', 'township_code', 'village_code',
        'site_id', 'unregistered_place_id', 'claim_delivery_sha256', 'claim_row_number',
    ]) }}) > 1
