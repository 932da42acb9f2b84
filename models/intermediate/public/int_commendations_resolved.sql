with

staged as (

    select * from {{ ref('stg_commendations') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

cases as (

    select distinct case_id from {{ ref('stg_cases') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.commendation_id,
        staged.case_id,
        staged.file_name,
        staged.sheet_name,
        staged.object_kind_name,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        staged.row_number,
        staged.amount_yuan,
        cases.case_id is not null as is_known_case,
        staged.commendation_date
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join cases on staged.case_id = cases.case_id

)

select * from final
