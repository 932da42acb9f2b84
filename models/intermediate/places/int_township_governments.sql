with

units as (

    select * from {{ ref('int_units_dated') }}

),

final as (

    select
        township_code,
        min(unit_code) as unit_code
    from units
    where unit_kind_code = 'township_government' and is_current and township_code is not null
    group by township_code

)

select * from final
