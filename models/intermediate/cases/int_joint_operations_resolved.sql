with

staged as (

    select * from {{ ref('stg_joint_operations') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

chain_links as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'chain_link'

),

final as (

    select
        staged.delivery_sha256,
        staged.operation_id,
        staged.file_name,
        staged.sheet_name,
        staged.participant_names,
        lead_units.unit_code as lead_unit_code,
        coalesce(lead_units.unit_name, staged.lead_unit_name) as lead_unit_name,
        case
            when staged.link_name is null then 'none'
            else coalesce(chain_links.value_code, 'other')
        end as chain_link_code,
        coalesce(chain_links.value_name, staged.link_name) as chain_link_name,
        staged.row_number,
        staged.person_count,
        staged.vehicle_count,
        staged.checked_site_count,
        staged.problem_count,
        staged.operation_date
    from staged
    left join unit_names as lead_units
        on {{ normalised_place_name('staged.lead_unit_name') }} = lead_units.name_text
    left join chain_links
        on {{ normalised_place_name('staged.link_name') }} = chain_links.name_text

)

select * from final
