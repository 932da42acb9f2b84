with

as_of as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

resolved as (

    select * from {{ ref('int_accountability_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.accountability_id,
        resolved.case_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.action_text,
        resolved.row_number,
        resolved.person_count,
        resolved.closed_date is not null as is_closed,
        coalesce(resolved.published_date <= as_of.as_of_date, false) as is_published,
        resolved.received_date,
        resolved.closed_date,
        resolved.published_date
    from resolved
    cross join as_of

)

select * from final
