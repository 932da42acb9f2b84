with

settings as (

    select * from {{ ref('settings') }}

),

overrides as (

    select * from {{ source('build', 'settings') }}

),

-- An override that is no number falls back to the seed's value; assert_every_override_is_understood
-- says so instead of leaving a null threshold that no comparison survives.
final as (

    select
        settings.setting_code,
        coalesce(try_cast(overrides.setting_value as double), settings.setting_value)
            as setting_value
    from settings
    left join overrides on settings.setting_code = overrides.setting_code

)

select * from final
