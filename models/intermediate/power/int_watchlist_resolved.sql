with

staged as (

    select * from {{ ref('stg_watchlist') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.watch_id,
        staged.meter_id,
        staged.file_name,
        staged.sheet_name,
        staged.credit_code,
        staged.enterprise_name,
        staged.feedback_text,
        submitting_units.unit_code as submitting_unit_code,
        coalesce(submitting_units.unit_name, staged.submitting_unit_name) as submitting_unit_name,
        staged.row_number,
        staged.submitted_date,
        staged.fed_back_date
    from staged
    left join unit_names as submitting_units
        on {{ normalised_place_name('staged.submitting_unit_name') }} = submitting_units.name_text

)

select * from final
