with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

video_spells as (

    select
        spells.*,
        cameras.camera_name as registered_name
    from {{ ref('fct_video_spells') }} as spells
    left join {{ ref('dim_cameras') }} as cameras on spells.camera_id = cameras.camera_id

),

power_alerts as (

    select * from {{ ref('fct_power_alerts') }}

),

power_users as (

    select * from {{ ref('dim_power_users') }}

),

kinds as (

    select distinct
        value_code,
        value_name
    from {{ ref('int_value_names') }}
    where list_code = 'electricity_kind'

),

-- Nobody has to answer an alert of ours: it is checked by what the company found at the same meter
-- at that time, and by digging that was proven at its site.
company_checks as (

    select
        ours.power_alert_id,
        max(case when checks.check_result_code = 'confirmed' then 1 else 0 end) as confirmed_count,
        max(
            case
                when
                    checks.check_result_code
                    in ('normal_production', 'equipment_fault', 'false_alarm')
                    then 1
                else 0
            end
        ) as refuted_count,
        min(checks.checked_at) as checked_at
    from power_alerts as ours
    inner join power_alerts as checks
        on ours.meter_id = checks.meter_id and checks.source_code = 'company'
    where
        ours.source_code = 'derived'
        and checks.is_checked
        and checks.alert_date
        >= ours.alert_date - cast({{ setting('incident_gap_days') }} as bigint) * interval '1' day
        and checks.alert_date
        <= ours.last_date + cast({{ setting('incident_gap_days') }} as bigint) * interval '1' day
    group by ours.power_alert_id

),

proven as (

    select distinct signals.evidence_id as power_alert_id
    from {{ ref('fct_signals') }} as signals
    inner join {{ ref('fct_incident_signals') }} as members
        on signals.signal_id = members.signal_id
    inner join {{ ref('fct_incidents') }} as incidents
        on members.incident_id = incidents.incident_id
    where
        signals.source_code = 'load_curve'
        and incidents.site_id is not null
        and (incidents.is_confirmed or incidents.has_case)

),

judged_alerts as (

    select
        power_alerts.source_code,
        power_alerts.rule_code,
        power_alerts.alert_type_code,
        power_alerts.alert_type_name,
        coalesce(power_users.electricity_kind_code, 'unknown') as electricity_kind_code,
        coalesce(kinds.value_name, '不详') as electricity_kind_name,
        case
            when
                power_alerts.check_result_code = 'confirmed'
                or proven.power_alert_id is not null
                or company_checks.confirmed_count = 1
                then 'confirmed'
            when
                power_alerts.check_result_code
                in ('normal_production', 'equipment_fault', 'false_alarm')
                or company_checks.refuted_count = 1
                then 'refuted'
            else 'none'
        end as verdict_code,
        power_alerts.alert_date,
        coalesce(power_alerts.alerted_at, cast(power_alerts.alert_date as timestamp)) as started_at,
        coalesce(power_alerts.checked_at, company_checks.checked_at) as verified_at
    from power_alerts
    left join power_users
        on power_alerts.power_user_version_id = power_users.power_user_version_id
    left join kinds on power_users.electricity_kind_code = kinds.value_code
    left join company_checks on power_alerts.power_alert_id = company_checks.power_alert_id
    left join proven on power_alerts.power_alert_id = proven.power_alert_id

),

told as (

    {% for sensor_kind_code, sensor_code, sensor_name, relation, date, verified_at in [
        ('camera', 'camera_id', 'registered_name', 'video_spells where camera_id is not null',
            'cast(started_at as date)', 'first_verified_at'),
        ('event_kind', 'event_kind_code', 'event_kind_name', 'video_spells',
            'cast(started_at as date)', 'first_verified_at'),
        ('alert_type', 'alert_type_code', 'alert_type_name', "judged_alerts where source_code = 'company'",
            'alert_date', 'verified_at'),
        ('alert_rule', 'rule_code', 'alert_type_name', "judged_alerts where source_code = 'derived'",
            'alert_date', 'verified_at'),
        ('electricity_kind', 'electricity_kind_code', 'electricity_kind_name', 'judged_alerts',
            'alert_date', 'verified_at'),
    ] -%}
    select
        '{{ sensor_kind_code }}' as sensor_kind_code,
        {{ sensor_code }} as sensor_code,
        {{ sensor_name }} as sensor_name,
        verdict_code,
        {{ date }} as alert_date,
        case
            when {{ verified_at }} >= started_at
                then {{ seconds_between('started_at', verified_at) }} / 3600e0
        end as verification_hours
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- Past the as-of the clock of a device is wrong; the history has it, the recent days have not.
windowed as (

    select
        told.*,
        'history' as window_code
    from told
    union all
    select
        told.*,
        'recent' as window_code
    from told
    inner join context
        on
            told.alert_date
            > context.as_of_date
            - cast({{ setting('sensor_recent_days') }} as bigint) * interval '1' day
            and told.alert_date <= context.as_of_date

),

counted as (

    select
        sensor_kind_code,
        sensor_code,
        window_code,
        min(sensor_name) as sensor_name,
        count(*) as alert_count,
        count(case when verdict_code <> 'none' then 1 end) as verified_count,
        count(case when verdict_code = 'confirmed' then 1 end) as confirmed_count,
        {{ median_of("case when verdict_code <> 'none' then verification_hours end") }}
            as verification_hours,
        max(alert_date) as last_alert_date
    from windowed
    group by sensor_kind_code, sensor_code, window_code

),

measured as (

    select
        counted.*,
        counted.confirmed_count / nullif(cast(counted.verified_count as double), 0)
            as precision_share,
        {{ setting('sensor_wilson_z') }} * {{ setting('sensor_wilson_z') }}
        / nullif(counted.verified_count, 0) as z_squared_share
    from counted

),

-- The lower end of Wilson's interval: one of one is less sure than ninety of a hundred.
bounded as (

    select
        measured.*,
        (
            measured.precision_share + measured.z_squared_share / 2
            - sqrt(
                measured.z_squared_share
                * (
                    measured.precision_share * (1 - measured.precision_share)
                    + measured.z_squared_share / 4
                )
            )
        ) / (1 + measured.z_squared_share) as precision_lower_share
    from measured

),

final as (

    select
        {{ hash_id(['sensor_kind_code', 'sensor_code', 'window_code']) }} as sensor_quality_id,
        sensor_kind_code,
        sensor_code,
        window_code,
        sensor_name,
        alert_count,
        verified_count,
        confirmed_count,
        verified_count - confirmed_count as refuted_count,
        cast(round(precision_share * 100, 2) as decimal(5, 2)) as precision_pct,
        cast(round(precision_lower_share * 100, 2) as decimal(5, 2))
            as precision_lower_pct,
        cast(round(verification_hours, 1) as decimal(12, 1)) as median_verification_hours,
        verified_count < {{ setting('sensor_sample_min') }} as is_small_sample,
        last_alert_date
    from bounded

)

select * from final
