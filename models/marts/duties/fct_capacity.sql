with

resolved as (

    select * from {{ ref('int_capacity_resolved') }}

),

final as (

    select
        resolved.capacity_id,
        resolved.delivery_sha256,
        resolved.file_name,
        resolved.sheet_name,
        resolved.unit_code,
        resolved.unit_name,
        resolved.row_number,
        resolved.post_count,
        resolved.staff_count,
        resolved.vehicle_due_count,
        resolved.vehicle_count,
        resolved.equipment_due_count,
        resolved.equipment_count,
        resolved.budget_wanyuan,
        resolved.paid_wanyuan,
        case
            when resolved.post_count >= 0 and resolved.staff_count >= 0
                then greatest(resolved.post_count - resolved.staff_count, cast(0 as bigint))
        end as vacancy_count,
        row_number()
            over (
                partition by coalesce(resolved.unit_code, resolved.unit_name)
                order by resolved.counted_date desc, resolved.capacity_id asc
            )
        = 1 as is_latest,
        resolved.counted_date,
        lead(resolved.counted_date) over (
            partition by coalesce(resolved.unit_code, resolved.unit_name)
            order by resolved.counted_date asc, resolved.capacity_id desc
        ) as superseded_date
    from resolved

)

select * from final
