with

units as (

    select * from {{ ref('int_units_dated') }}

),

final as (

    select
        unit_id,
        unit_code,
        unit_name,
        unit_kind_code,
        level_code,
        township_code,
        village_code,
        parent_unit_code,
        aliases,
        duty_text,
        is_current,
        valid_from_date,
        valid_to_date
    from units

)

select * from final
