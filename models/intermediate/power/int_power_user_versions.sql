with

power_users as (

    select * from {{ ref('int_power_users_resolved') }}

),

-- Of one moment only the last row counts, as inside one file.
delivered as (

    select * from power_users
    qualify row_number() over (
        partition by meter_id, received_at
        order by
            file_name desc, delivery_sha256 desc, sheet_name desc nulls last, row_number desc
    ) = 1

),

-- An account that a later delivery does not carry stays: no delivery is a full list.
changed as (

    select * from delivered
    qualify content_hash is distinct from lag(content_hash) over (
        partition by meter_id order by received_at
    )

),

final as (

    select
        {{ hash_id(['meter_id', 'received_at']) }} as power_user_version_id,
        meter_id,
        delivery_sha256,
        site_id,
        file_name,
        sheet_name,
        power_user_name,
        electricity_kind_code,
        electricity_kind_name,
        industry_name,
        voltage_name,
        user_state_code,
        row_number,
        contract_capacity_kva,
        running_capacity_kva,
        total_factor,
        longitude,
        latitude,
        is_organisation,
        is_key_monitored,
        has_coordinates,
        lag(received_at) over (partition by meter_id order by received_at) is null as is_first,
        lead(received_at) over (partition by meter_id order by received_at) is null as is_current,
        opened_date,
        closed_date,
        -- The account was there from its opening on, which the first file reports afterwards.
        case
            when lag(received_at) over (partition by meter_id order by received_at) is null
                then least(cast(opened_date as timestamp), received_at)
            else received_at
        end as valid_from_at,
        lead(received_at) over (partition by meter_id order by received_at) as valid_to_at
    from changed

)

select * from final
