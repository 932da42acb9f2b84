with

staged as (

    select * from {{ ref('stg_capacity') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

final as (

    select
        {{ hash_id([
            'staged.unit_name',
            'staged.counted_date',
        ]) }} as capacity_id,
        staged.delivery_sha256,
        staged.file_name,
        staged.sheet_name,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        staged.row_number,
        staged.post_count,
        staged.staff_count,
        staged.vehicle_due_count,
        staged.vehicle_count,
        staged.equipment_due_count,
        staged.equipment_count,
        staged.budget_wanyuan,
        staged.paid_wanyuan,
        staged.counted_date,
        staged.first_received_at as reported_at
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text

)

select * from final
