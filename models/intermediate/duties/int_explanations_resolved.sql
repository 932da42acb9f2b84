with

staged as (

    select * from {{ ref('stg_explanations') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

explanation_objects as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'explanation_object'

),

explanation_conclusions as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'explanation_conclusion'

),

final as (

    select
        {{ hash_id([
            'staged.object_kind_name',
            'staged.object_id',
            'staged.issued_at',
        ]) }} as explanation_id,
        staged.delivery_sha256,
        staged.object_id,
        staged.file_name,
        staged.sheet_name,
        staged.reason_text,
        staged.document_number,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        case
            when staged.object_kind_name is null then 'none'
            else coalesce(explanation_objects.value_code, 'other')
        end as object_kind_code,
        coalesce(explanation_objects.value_name, staged.object_kind_name) as object_kind_name,
        case
            when staged.conclusion_name is null then 'none'
            else coalesce(explanation_conclusions.value_code, 'other')
        end as conclusion_code,
        coalesce(explanation_conclusions.value_name, staged.conclusion_name) as conclusion_name,
        staged.row_number,
        staged.issued_at,
        staged.explained_at
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join explanation_objects
        on {{ normalised_place_name('staged.object_kind_name') }} = explanation_objects.name_text
    left join explanation_conclusions
        on {{ normalised_place_name('staged.conclusion_name') }} = explanation_conclusions.name_text

)

select * from final
