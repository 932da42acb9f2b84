with

settings as (

    select * from {{ source('build', 'settings') }}

),

final as (

    select
        trim(setting_code) as setting_code,
        try_cast(setting_value as double) as setting_value
    from settings

)

select * from final
