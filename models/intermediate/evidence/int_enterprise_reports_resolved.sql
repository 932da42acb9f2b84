with

staged as (

    select * from {{ ref('stg_enterprise_reports') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

cases as (

    select distinct case_id from {{ ref('stg_cases') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.report_id,
        staged.case_id,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        staged.credit_code,
        enterprise_units.unit_code as enterprise_unit_code,
        coalesce(enterprise_units.unit_name, staged.enterprise_name) as enterprise_unit_name,
        staged.row_number,
        {{ wgs84_longitude(
            'staged.longitude', 'staged.latitude', "''"
        ) }} as longitude,
        {{ wgs84_latitude(
            'staged.longitude', 'staged.latitude', "''"
        ) }} as latitude,
        cases.case_id is not null as is_known_case,
        staged.reported_at
    from staged
    left join unit_names as enterprise_units
        on {{ normalised_place_name('staged.enterprise_name') }} = enterprise_units.name_text
    left join cases on staged.case_id = cases.case_id

)

select * from final
