with

unit_names as (

    select * from {{ ref('int_unit_names') }}

),

final as (

    select
        name_text,
        unit_code,
        unit_name,
        unit_kind_code,
        level_code,
        township_code,
        village_code
    from unit_names
    qualify
        row_number() over (partition by name_text order by unit_code) = 1
        and min(unit_code) over (partition by name_text)
        = max(unit_code) over (partition by name_text)

)

select * from final
