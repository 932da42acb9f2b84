with

staged as (

    select * from {{ ref('stg_milestones') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

final as (

    select
        {{ hash_id([
            'staged.milestone_id',
            'coalesce(staged.reported_date, cast(staged.received_at as date))',
        ]) }} as milestone_report_id,
        staged.delivery_sha256,
        staged.milestone_id,
        staged.file_name,
        staged.sheet_name,
        staged.project_text,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        township_names.township_code,
        staged.row_number,
        staged.planned_count,
        staged.done_count,
        staged.planned_date,
        staged.actual_date,
        coalesce(staged.reported_date, cast(staged.received_at as date)) as reported_date
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join township_names
        on {{ normalised_place_name('staged.township_name') }} = township_names.name_text

)

select * from final
