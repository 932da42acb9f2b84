with

unit_names as (

    select * from {{ ref('int_unit_names') }}

),

-- A name that two units bear names nobody.
final as (

    select
        name_text,
        min(unit_code) as unit_code,
        min(unit_name) as unit_name,
        min(level_code) as level_code,
        min(township_code) as township_code,
        min(village_code) as village_code
    from unit_names
    group by name_text
    having count(distinct unit_code) = 1

)

select * from final
