with

as_of as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

resolved as (

    select * from {{ ref('int_projects_resolved') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.project_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.project_name,
        resolved.approving_unit_code,
        resolved.approving_unit_name,
        resolved.project_kind_code,
        resolved.project_kind_name,
        resolved.township_code,
        resolved.village_code,
        townships.township_name,
        villages.village_name,
        resolved.row_number,
        resolved.longitude,
        resolved.latitude,
        resolved.is_publicised,
        resolved.has_named_supervisor,
        coalesce(resolved.start_date <= as_of.as_of_date, false)
        and coalesce(resolved.end_date > as_of.as_of_date, true) as is_active,
        resolved.is_publicised and resolved.has_named_supervisor as is_in_order,
        resolved.start_date,
        resolved.end_date
    from resolved
    cross join as_of
    left join townships on resolved.township_code = townships.township_code
    left join villages on resolved.village_code = villages.village_code

)

select * from final
