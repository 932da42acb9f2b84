-- Guards every join on a code to what is current: two rows of one code that hold on the as-of
-- date would double each patrol, site and figure of that place.
with

held as (

    select
        'township' as kind_name,
        township_code as code
    from {{ ref('dim_townships') }}
    where is_current
    union all
    select
        'village' as kind_name,
        village_code as code
    from {{ ref('dim_villages') }}
    where is_current
    union all
    select
        'unit' as kind_name,
        unit_code as code
    from {{ ref('dim_units') }}
    where is_current

)

select
    kind_name,
    code,
    count(*) as row_count
from held
group by kind_name, code
having count(*) > 1
