with

settings as (

    select * from {{ ref('settings') }}

),

overrides as (

    select * from {{ ref('stg_settings') }}

),

-- An override that is no number leaves the seed's value: a null threshold would quietly match
-- nothing.
final as (

    select
        settings.setting_code,
        coalesce(overrides.setting_value, settings.setting_value) as setting_value
    from settings
    left join overrides on settings.setting_code = overrides.setting_code

)

select * from final
