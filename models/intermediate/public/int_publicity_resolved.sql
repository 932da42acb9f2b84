with

staged as (

    select * from {{ ref('stg_publicity') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

publicity_kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'publicity_kind'

),

publicity_forms as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'publicity_form'

),

final as (

    select
        staged.delivery_sha256,
        staged.publicity_id,
        staged.case_id,
        staged.file_name,
        staged.sheet_name,
        staged.medium_name,
        staged.title_text,
        staged.url_text,
        staged.not_published_reason,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        case
            when staged.kind_name is null then 'none'
            else coalesce(publicity_kinds.value_code, 'other')
        end as publicity_kind_code,
        coalesce(publicity_kinds.value_name, staged.kind_name) as publicity_kind_name,
        case
            when staged.form_name is null then 'none'
            else coalesce(publicity_forms.value_code, 'other')
        end as publicity_form_code,
        coalesce(publicity_forms.value_name, staged.form_name) as publicity_form_name,
        staged.row_number,
        staged.published_date
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join publicity_kinds
        on {{ normalised_place_name('staged.kind_name') }} = publicity_kinds.name_text
    left join publicity_forms
        on {{ normalised_place_name('staged.form_name') }} = publicity_forms.name_text

)

select * from final
