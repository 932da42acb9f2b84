with

staged as (

    select * from {{ ref('stg_transfers') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

transfer_kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'transfer_kind'

),

chain_links as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'chain_link'

),

final as (

    select
        staged.delivery_sha256,
        staged.transfer_id,
        staged.case_id,
        staged.clue_id,
        staged.file_name,
        staged.sheet_name,
        case
            when coalesce(transfer_kinds.value_code, 'other') <> 'official' then staged.result_text
        end as result_text,
        from_units.unit_code as from_unit_code,
        coalesce(from_units.unit_name, staged.from_unit_name) as from_unit_name,
        to_units.unit_code as to_unit_code,
        coalesce(to_units.unit_name, staged.to_unit_name) as to_unit_name,
        case
            when staged.kind_name is null then 'none'
            else coalesce(transfer_kinds.value_code, 'other')
        end as transfer_kind_code,
        coalesce(transfer_kinds.value_name, staged.kind_name) as transfer_kind_name,
        case
            when staged.link_name is null then 'none'
            else coalesce(chain_links.value_code, 'other')
        end as chain_link_code,
        coalesce(chain_links.value_name, staged.link_name) as chain_link_name,
        staged.row_number,
        staged.transferred_at,
        staged.acknowledged_at,
        staged.answered_at
    from staged
    left join unit_names as from_units
        on {{ normalised_place_name('staged.from_unit_name') }} = from_units.name_text
    left join unit_names as to_units
        on {{ normalised_place_name('staged.to_unit_name') }} = to_units.name_text
    left join transfer_kinds
        on {{ normalised_place_name('staged.kind_name') }} = transfer_kinds.name_text
    left join chain_links
        on {{ normalised_place_name('staged.link_name') }} = chain_links.name_text

)

select * from final
