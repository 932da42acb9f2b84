with

as_of as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

resolved as (

    select * from {{ ref('int_instructions_resolved') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.instruction_id,
        resolved.case_id,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.item_text,
        resolved.unit_code,
        resolved.unit_name,
        sites.site_name,
        sites.township_code,
        sites.township_name,
        resolved.row_number,
        resolved.closed_date is not null as is_closed,
        coalesce(coalesce(resolved.closed_date, as_of.as_of_date) > resolved.due_date, false)
            as is_late,
        resolved.issued_date,
        resolved.due_date,
        resolved.closed_date
    from resolved
    cross join as_of
    left join sites on resolved.site_id = sites.site_id

)

select * from final
