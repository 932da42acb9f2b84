{%- set whole = "cast(cast(round({}) as bigint) as varchar)" -%}
{%- set tenth = "cast(cast(round({}, 1) as decimal(12, 1)) as varchar)" -%}

with

hits as (

    select * from {{ ref('int_power_rule_days') }}

),

rules as (

    select * from {{ ref('power_alert_rules') }}

),

states as (

    select distinct
        value_code,
        value_name
    from {{ ref('int_value_names') }}
    where list_code = 'power_user_state'

),

calendar as (

    select * from {{ ref('int_working_days') }}

),

settings as (

    select {{ setting('baseline_history_days') }} as history_days

),

numbered as (

    select
        hits.*,
        calendar.day_number,
        lag(calendar.day_number) over (
            partition by hits.meter_id, hits.rule_code order by calendar.day_number
        ) as previous_day_number
    from hits
    inner join calendar on hits.reading_date = calendar.calendar_date

),

spelled as (

    select
        numbered.*,
        sum(
            case
                when
                    numbered.day_number - numbered.previous_day_number
                    <= numbered.gap_days_max + 1
                    then 0
                else 1
            end
        ) over (
            partition by numbered.meter_id, numbered.rule_code
            order by numbered.day_number
            rows between unbounded preceding and current row
        ) as spell_number
    from numbered

),

summed as (

    select
        spelled.*,
        row_number() over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
            order by spelled.day_number
        ) as place_in_spell,
        {% for measure in [
            'day_kwh', 'night_kwh', 'usual_kwh', 'before_kwh', 'after_kwh',
            'night_share_pct', 'usual_share_pct',
        ] -%}
        avg(spelled.{{ measure }}) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as mean_{{ measure }},
        {% endfor -%}
        max(spelled.peak_kw) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as highest_kw,
        max(spelled.energy_deviation_mads) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as highest_energy_mads,
        max(spelled.share_deviation_mads) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as highest_share_mads,
        count(*) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as days_count,
        max(spelled.reading_date) over (
            partition by spelled.meter_id, spelled.rule_code, spelled.spell_number
        ) as last_date
    from spelled

),

-- Each alert is told by its first day, on which its number, its account and its evidence stand:
-- they stay the same however long it goes on.
first_days as (

    select
        summed.*,
        cast(extract(month from summed.reading_date) as varchar) || '月'
        || cast(extract(day from summed.reading_date) as varchar) || '日'
        || case
            when summed.last_date = summed.reading_date then ''
            when extract(month from summed.last_date) = extract(month from summed.reading_date)
                then '至' || cast(extract(day from summed.last_date) as varchar) || '日'
            else
                '至' || cast(extract(month from summed.last_date) as varchar) || '月'
                || cast(extract(day from summed.last_date) as varchar) || '日'
        end
        || case
            when summed.days_count > 1 then '（' || cast(summed.days_count as varchar) || '天）'
            else ''
        end as days_text
    from summed
    where summed.place_in_spell = 1 and summed.days_count >= summed.days_min

),

final as (

    select
        {{ hash_id(['first_days.meter_id', 'first_days.rule_code', 'first_days.reading_date']) }}
            as power_alert_id,
        first_days.delivery_sha256,
        first_days.meter_id,
        first_days.power_user_version_id,
        first_days.file_name,
        first_days.rule_code,
        rules.alert_type_code,
        rules.rule_name,
        first_days.days_text
        || case first_days.rule_code
            when 'level_shift'
                then
                    '日均电量 ' || {{ whole.format('first_days.mean_day_kwh') }}
                    || ' 千瓦时，近' || {{ whole.format('settings.history_days') }}
                    || '天同类日中位数 ' || {{ whole.format('first_days.mean_usual_kwh') }}
                    || ' 千瓦时，最高偏离 '
                    || {{ tenth.format('first_days.highest_energy_mads') }} || ' 倍MAD'
            when 'night_share'
                then
                    '夜间用电占比 ' || {{ whole.format('first_days.mean_night_share_pct') }}
                    || '%，近' || {{ whole.format('settings.history_days') }}
                    || '天同类日中位数 ' || {{ whole.format('first_days.mean_usual_share_pct') }}
                    || '%，最高偏离 '
                    || {{ tenth.format('first_days.highest_share_mads') }} || ' 倍MAD'
            when 'stopped_load'
                then
                    '档案状态为' || coalesce(states.value_name, '停用') || '，日均电量 '
                    || {{ whole.format('first_days.mean_day_kwh') }} || ' 千瓦时，最大负荷 '
                    || {{ whole.format('first_days.highest_kw') }} || ' 千瓦'
            when 'closed_site_load'
                then
                    '所供点位已关闭或销号，日均电量 '
                    || {{ whole.format('first_days.mean_day_kwh') }} || ' 千瓦时，其中夜间 '
                    || {{ whole.format('first_days.mean_night_kwh') }} || ' 千瓦时'
            when 'over_capacity'
                then
                    '最大负荷 ' || {{ whole.format('first_days.highest_kw') }}
                    || ' 千瓦，运行容量 '
                    || {{ whole.format('first_days.running_capacity_kva') }} || ' 千伏安'
            when 'farm_night'
                then
                    '农业用电户夜间用电占比 '
                    || {{ whole.format('first_days.mean_night_share_pct') }} || '%，夜间日均电量 '
                    || {{ whole.format('first_days.mean_night_kwh') }} || ' 千瓦时，最大负荷 '
                    || {{ whole.format('first_days.highest_kw') }} || ' 千瓦'
            when 'project_night'
                then
                    '施工用电户夜间用电占比 '
                    || {{ whole.format('first_days.mean_night_share_pct') }} || '%，夜间日均电量 '
                    || {{ whole.format('first_days.mean_night_kwh') }} || ' 千瓦时，最大负荷 '
                    || {{ whole.format('first_days.highest_kw') }} || ' 千瓦'
            when 'irrigation_off_season'
                then
                    '排灌户在非灌溉季节用电，日均电量 '
                    || {{ whole.format('first_days.mean_day_kwh') }} || ' 千瓦时'
            when 'drop_before_inspection'
                then
                    '有检查，当日电量 ' || {{ whole.format('first_days.mean_day_kwh') }}
                    || ' 千瓦时，检查前第2至4日日均 '
                    || {{ whole.format('first_days.mean_before_kwh') }} || ' 千瓦时，检查后三日日均 '
                    || {{ whole.format('first_days.mean_after_kwh') }} || ' 千瓦时'
        end as reason_text,
        first_days.row_number,
        cast(first_days.days_count as bigint) as days_count,
        first_days.reading_date as first_date,
        first_days.last_date,
        first_days.reported_at
    from first_days
    cross join settings
    inner join rules on first_days.rule_code = rules.rule_code
    left join states on first_days.user_state_code = states.value_code

)

select * from final
