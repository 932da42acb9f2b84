with

resolved as (

    select * from {{ ref('int_joint_operations_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.operation_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.participant_names,
        resolved.lead_unit_code,
        resolved.lead_unit_name,
        resolved.chain_link_code,
        resolved.chain_link_name,
        resolved.row_number,
        resolved.person_count,
        resolved.vehicle_count,
        resolved.checked_site_count,
        resolved.problem_count,
        coalesce(resolved.problem_count > 0, false) as has_problem,
        resolved.operation_date
    from resolved

)

select * from final
