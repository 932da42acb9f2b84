with

versions as (

    select * from {{ ref('int_sponsorship_versions') }}

),

final as (

    select
        sponsorship_version_id,
        sponsorship_id,
        delivery_sha256,
        file_name,
        sheet_name,
        position_name,
        level_code,
        township_code,
        township_name,
        village_code,
        village_name,
        row_number,
        {{ is_in_force('start_date', "end_date + interval '1' day") }} as is_active,
        is_current,
        start_date,
        end_date,
        valid_from_at,
        valid_to_at
    from versions

)

select * from final
