with

staged as (

    select * from {{ ref('stg_agency_checks') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

chain_links as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'chain_link'

),

final as (

    select
        {{ hash_id([
            'staged.unit_name',
            'staged.check_date',
            'staged.object_name',
        ]) }} as agency_check_id,
        staged.delivery_sha256,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        staged.object_name,
        staged.kind_name as check_kind_name,
        staged.finding_text,
        staged.disposition_text,
        units.unit_code,
        coalesce(units.unit_name, staged.unit_name) as unit_name,
        case
            when staged.link_name is null then 'none'
            else coalesce(chain_links.value_code, 'other')
        end as chain_link_code,
        coalesce(chain_links.value_name, staged.link_name) as chain_link_name,
        staged.row_number,
        coalesce(
            staged.finding_text not in ('', '未发现', '未发现问题', '没有', '无问题', '未发现异常', '正常'), false
        ) as has_finding,
        staged.check_date,
        staged.first_received_at as reported_at
    from staged
    left join units
        on {{ normalised_place_name('staged.unit_name') }} = units.name_text
    left join chain_links
        on {{ normalised_place_name('staged.link_name') }} = chain_links.name_text

)

select * from final
