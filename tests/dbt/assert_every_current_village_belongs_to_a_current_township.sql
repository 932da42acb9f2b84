-- Guards coverage by township: a village under a township that is gone, and that names no
-- successor, would owe its rounds to nobody.
select
    villages.village_code,
    villages.township_code
from {{ ref('dim_villages') }} as villages
left join {{ ref('dim_townships') }} as townships
    on villages.township_code = townships.township_code and townships.is_current
where villages.is_current and townships.township_code is null
