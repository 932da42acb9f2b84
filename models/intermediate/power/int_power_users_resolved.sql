with

delivered as (

    select * from {{ ref('stg_power_users') }}

),

organisations as (

    select * from {{ ref('int_organisations_named') }}

),

kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'electricity_kind'

),

states as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_user_state'

),

final as (

    select
        delivered.delivery_sha256,
        delivered.meter_id,
        delivered.site_id,
        delivered.file_name,
        delivered.sheet_name,
        -- The last model that sees a natural person's name is staging.
        organisations.organisation_name as power_user_name,
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
        organisations.organisation_name is not null as is_organisation,
        coalesce(delivered.is_key_monitored = 'yes', false) as is_key_monitored,
        delivered.longitude is not null and delivered.latitude is not null as has_coordinates,
        delivered.opened_date,
        delivered.closed_date,
        delivered.received_at
    from delivered
    left join organisations on delivered.power_user_name = organisations.written_name
    left join kinds
        on {{ normalised_place_name('delivered.electricity_kind_name') }} = kinds.name_text
    left join states
        on {{ normalised_place_name('delivered.user_state_name') }} = states.name_text

)

select * from final
