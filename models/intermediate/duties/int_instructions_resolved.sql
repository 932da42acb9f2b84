with

staged as (

    select * from {{ ref('stg_instructions') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.instruction_id,
        staged.case_id,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        staged.item_text,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        staged.row_number,
        staged.issued_date,
        staged.due_date,
        staged.closed_date
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text

)

select * from final
