-- Guards the union in int_units_dated: a village without a committee would owe no weekly
-- round, a committee without a village one that nobody can walk.
with

villages as (

    select village_code from {{ ref('dim_villages') }}
    where is_current

),

committees as (

    select village_code from {{ ref('dim_units') }}
    where is_current and unit_kind_code = 'village_committee'

)

select
    villages.village_code,
    committees.village_code as committee_village_code
from villages
full outer join committees on villages.village_code = committees.village_code
where villages.village_code is null or committees.village_code is null
