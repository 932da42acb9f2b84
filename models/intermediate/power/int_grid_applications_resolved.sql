with

staged as (

    select * from {{ ref('stg_grid_applications') }}

),

application_kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'application_kind'

),

application_results as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'application_result'

),

final as (

    select
        staged.delivery_sha256,
        staged.application_id,
        staged.meter_id,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        case
            when staged.kind_name is null then 'none'
            else coalesce(application_kinds.value_code, 'other')
        end as application_kind_code,
        coalesce(application_kinds.value_name, staged.kind_name) as application_kind_name,
        case
            when staged.review_result_name is null then 'none'
            else coalesce(application_results.value_code, 'other')
        end as review_result_code,
        coalesce(application_results.value_name, staged.review_result_name) as review_result_name,
        staged.row_number,
        staged.capacity_kva,
        coalesce(staged.commitment_code = 'yes', false)
        or staged.commitment_date is not null as has_commitment,
        staged.accepted_date,
        staged.design_reviewed_date,
        staged.mid_inspected_date,
        staged.final_inspected_date,
        staged.commitment_date,
        staged.closed_date
    from staged
    left join application_kinds
        on {{ normalised_place_name('staged.kind_name') }} = application_kinds.name_text
    left join application_results
        on {{ normalised_place_name('staged.review_result_name') }} = application_results.name_text

)

select * from final
