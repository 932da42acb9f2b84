with

alerts as (

    select * from {{ ref('stg_power_alerts') }}

),

delivered_users as (

    select * from {{ ref('stg_power_users') }}

),

resolved_users as (

    select * from {{ ref('int_power_users_resolved') }}

),

-- The company's words may name whose account it is. What is said instead is the part of the name
-- that is shown. One character is in too many words.
private_names as (

    select distinct
        delivered_users.meter_id,
        delivered_users.power_user_name as written_name,
        coalesce(resolved_users.power_user_name, '该户') as said_name
    from delivered_users
    inner join resolved_users
        on
            delivered_users.delivery_sha256 = resolved_users.delivery_sha256
            and delivered_users.sheet_name is not distinct from resolved_users.sheet_name
            and delivered_users.row_number = resolved_users.row_number
    where
        length(delivered_users.power_user_name) >= 2
        and delivered_users.power_user_name is distinct from resolved_users.power_user_name

),

-- The longest first: 张三 is in 张三养殖场.
found as (

    select
        alerts.alert_id,
        private_names.written_name,
        private_names.said_name,
        row_number() over (
            partition by alerts.alert_id
            order by
                length(private_names.written_name) desc,
                private_names.written_name asc,
                private_names.said_name asc
        ) as name_rank
    from alerts
    inner join private_names
        on
            alerts.meter_id = private_names.meter_id
            and instr(
                coalesce(alerts.description_text, '')
                || '|' || coalesce(alerts.disposition_text, ''),
                private_names.written_name
            ) > 0

),

-- Two names in one text are the former holder and the present one.
named as (

    select
        alert_id,
        max(case when name_rank = 1 then written_name end) as first_name,
        max(case when name_rank = 1 then said_name end) as said_first_name,
        coalesce(max(case when name_rank = 2 then written_name end), '该户') as second_name,
        coalesce(max(case when name_rank = 2 then said_name end), '该户') as said_second_name
    from found
    group by alert_id

),

final as (

    select
        alerts.alert_id,
        case
            when named.alert_id is null then alerts.description_text
            else replace(
                replace(alerts.description_text, named.first_name, named.said_first_name),
                named.second_name, named.said_second_name
            )
        end as reason_text,
        case
            when named.alert_id is null then alerts.disposition_text
            else replace(
                replace(alerts.disposition_text, named.first_name, named.said_first_name),
                named.second_name, named.said_second_name
            )
        end as disposition_text
    from alerts
    left join named on alerts.alert_id = named.alert_id

)

select * from final
