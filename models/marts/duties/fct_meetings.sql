with

resolved as (

    select * from {{ ref('int_meetings_resolved') }}

),

final as (

    select
        resolved.meeting_id,
        resolved.delivery_sha256,
        resolved.file_name,
        resolved.sheet_name,
        resolved.minutes_number,
        resolved.group_unit_code,
        resolved.group_unit_name,
        resolved.meeting_kind_code,
        resolved.meeting_kind_name,
        resolved.row_number,
        resolved.decision_count,
        resolved.closed_count,
        case
            when resolved.decision_count >= 0
                then
                    greatest(
                        resolved.decision_count - coalesce(resolved.closed_count, 0),
                        cast(0 as bigint)
                    )
        end as open_count,
        coalesce(resolved.decision_count > coalesce(resolved.closed_count, 0), false)
            as has_open_matters,
        resolved.meeting_date,
        cast(date_trunc('quarter', resolved.meeting_date) as date) as quarter_start_date
    from resolved

)

select * from final
