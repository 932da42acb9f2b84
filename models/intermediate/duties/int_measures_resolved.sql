with

staged as (

    select * from {{ ref('stg_measures') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

measure_items as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'measure_item'

),

clauses as (

    select * from {{ ref('int_clause_names') }}

),

final as (

    select
        {{ hash_id([
            'staged.clause_text',
            'staged.unit_name',
            'staged.item_text',
        ]) }} as measure_id,
        staged.delivery_sha256,
        staged.file_name,
        staged.sheet_name,
        staged.item_text,
        staged.document_number,
        staged.url_text,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        case
            when staged.item_text is null then 'none'
            else coalesce(measure_items.value_code, 'other')
        end as measure_item_code,
        coalesce(measure_items.value_name, staged.item_text) as measure_item_name,
        clauses.clause_code,
        staged.row_number,
        staged.completed_date,
        staged.first_received_at as reported_at
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join measure_items
        on {{ normalised_place_name('staged.item_text') }} = measure_items.name_text
    left join clauses
        on {{ normalised_place_name('staged.clause_text') }} = clauses.name_text

)

select * from final
