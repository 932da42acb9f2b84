with

combined as (

    select
        cast(calendar_date as date) as calendar_date,
        day_kind_code,
        holiday_name,
        2 as precedence
    from {{ ref('holidays') }}
    union all
    select
        calendar_date,
        day_kind_code,
        holiday_name,
        1 as precedence
    from {{ source('build', 'extra_holidays') }}

),

-- The county's own file corrects the seed: the State Council has changed a year's plan before.
final as (

    select
        day_kind_code,
        holiday_name,
        calendar_date
    from combined
    qualify row_number() over (
        partition by calendar_date
        order by precedence, day_kind_code, holiday_name nulls last
    ) = 1

)

select * from final
