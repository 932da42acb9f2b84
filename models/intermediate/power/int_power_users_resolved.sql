with

delivered as (

    select * from {{ ref('stg_power_users') }}

),

organisation_names as (

    select * from {{ ref('organisation_names') }}

),

kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'electricity_kind'

),

states as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_user_state'

),

-- What stands in brackets at the end says where the meter is, or who answers for it: 某公司（张三）.
-- It neither decides nor is shown.
bare_names as (

    select distinct
        power_user_name,
        trim(
            {{ with_pattern_replaced(
                "translate(power_user_name, '()[]［］【】〔〕', '（）（）（）（）（）')",
                '(（[^（）]*） *)+$',
                ''
            ) }}
        ) as bare_name
    from delivered
    where power_user_name is not null

),

-- Two names in one cell (张三、某公司) may be a person's and an organisation's, so neither is shown.
judged_names as (

    select
        bare_names.power_user_name,
        bare_names.bare_name,
        organisation_names.is_organisation
    from bare_names
    inner join organisation_names on bare_names.bare_name like organisation_names.name_pattern
    where translate(bare_names.bare_name, '、，,；;/／-－—：: 　', '') = bare_names.bare_name
    qualify row_number() over (
        partition by bare_names.power_user_name
        order by length(organisation_names.name_pattern) desc, organisation_names.name_pattern asc
    ) = 1

),

final as (

    select
        delivered.delivery_sha256,
        delivered.meter_id,
        delivered.site_id,
        delivered.file_name,
        delivered.sheet_name,
        -- The last model that sees a natural person's name is staging.
        case when judged_names.is_organisation then judged_names.bare_name end as power_user_name,
        case
            when delivered.electricity_kind_name is null then 'unknown'
            else coalesce(kinds.value_code, 'other')
        end as electricity_kind_code,
        delivered.electricity_kind_name,
        delivered.industry_name,
        delivered.voltage_name,
        coalesce(states.value_code, 'unknown') as user_state_code,
        {{ hash_id([
            'delivered.power_user_name', 'delivered.electricity_kind_name',
            'delivered.industry_name', 'delivered.voltage_name',
            'delivered.contract_capacity_kva', 'delivered.running_capacity_kva',
            'delivered.user_state_name', 'delivered.opened_date', 'delivered.closed_date',
            'delivered.address_text', 'delivered.township_code', 'delivered.village_code',
            'delivered.longitude', 'delivered.latitude', 'delivered.crs_name',
            'delivered.site_id', 'delivered.total_factor', 'delivered.is_key_monitored'
        ]) }} as content_hash,
        delivered.row_number,
        delivered.contract_capacity_kva,
        delivered.running_capacity_kva,
        delivered.total_factor,
        {{ wgs84_longitude(
            'delivered.longitude', 'delivered.latitude', 'delivered.crs_name'
        ) }} as longitude,
        {{ wgs84_latitude(
            'delivered.longitude', 'delivered.latitude', 'delivered.crs_name'
        ) }} as latitude,
        coalesce(judged_names.is_organisation, false) as is_organisation,
        coalesce(delivered.is_key_monitored = 'yes', false) as is_key_monitored,
        delivered.longitude is not null and delivered.latitude is not null as has_coordinates,
        delivered.opened_date,
        delivered.closed_date,
        delivered.received_at
    from delivered
    left join judged_names on delivered.power_user_name = judged_names.power_user_name
    left join kinds
        on {{ normalised_place_name('delivered.electricity_kind_name') }} = kinds.name_text
    left join states
        on {{ normalised_place_name('delivered.user_state_name') }} = states.name_text

)

select * from final
