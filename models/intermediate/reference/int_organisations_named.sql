with

written as (

    select power_user_name as written_name from {{ ref('stg_power_users') }}
    union all
    select counterpart_unit_name as written_name from {{ ref('stg_case_events') }}

),

organisation_names as (

    select * from {{ ref('organisation_names') }}

),

-- What stands in brackets at the end says where the meter is, or who answers for it: 某公司（张三）.
-- It neither decides nor is shown.
bare_names as (

    select distinct
        written_name,
        trim(
            {{ with_pattern_replaced(
                "translate(written_name, '()[]［］【】〔〕', '（）（）（）（）（）')",
                '(（[^（）]*） *)+$',
                ''
            ) }}
        ) as bare_name
    from written
    where written_name is not null

),

-- Two names in one cell (张三、某公司) may be a person's and an organisation's, so neither is shown.
judged as (

    select
        bare_names.written_name,
        bare_names.bare_name,
        organisation_names.is_organisation
    from bare_names
    inner join organisation_names on bare_names.bare_name like organisation_names.name_pattern
    where translate(bare_names.bare_name, '、，,；;/／-－—：: 　', '') = bare_names.bare_name
    qualify row_number() over (
        partition by bare_names.written_name
        order by length(organisation_names.name_pattern) desc, organisation_names.name_pattern asc
    ) = 1

),

final as (

    select
        written_name,
        bare_name as organisation_name
    from judged
    where is_organisation

)

select * from final
