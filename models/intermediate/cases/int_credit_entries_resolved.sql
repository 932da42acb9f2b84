with

staged as (

    select * from {{ ref('stg_credit_entries') }}

),

credit_platforms as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'credit_platform'

),

cases as (

    select distinct case_id from {{ ref('stg_cases') }}

),

final as (

    select
        {{ hash_id([
            'staged.case_id',
            'staged.platform_name',
        ]) }} as credit_entry_id,
        staged.delivery_sha256,
        staged.case_id,
        staged.file_name,
        staged.sheet_name,
        case
            when staged.platform_name is null then 'none'
            else coalesce(credit_platforms.value_code, 'other')
        end as platform_code,
        coalesce(credit_platforms.value_name, staged.platform_name) as platform_name,
        staged.row_number,
        cases.case_id is not null as is_known_case,
        staged.entered_date
    from staged
    left join credit_platforms
        on {{ normalised_place_name('staged.platform_name') }} = credit_platforms.name_text
    left join cases on staged.case_id = cases.case_id

)

select * from final
