with

context as (

    select
        is_sample,
        date_trunc('month', as_of_at) as open_month_date
    from {{ source('build', 'context') }}

),

units as (

    select * from {{ ref('dim_units') }}
    where unit_kind_code = 'county_government' and is_current

),

-- A sample county in a real city's inbox is a mistake, and its figures are invented.
handed_up as (

    select
        metrics.county_code,
        metrics.month_start_date,
        min(metrics.county_name) as county_name,
        max(metrics.as_of_at) as as_of_at,
        max(metrics.received_at) as received_at
    from {{ ref('fct_county_metrics') }} as metrics
    inner join context on metrics.is_sample = context.is_sample
    group by metrics.county_code, metrics.month_start_date

),

-- Up to the last month that is over, also if nobody has handed that one up.
months as (

    select dates.calendar_date as month_start_date
    from {{ ref('dim_dates') }} as dates
    cross join context
    where
        dates.calendar_date = dates.month_start_date
        and dates.calendar_date < context.open_month_date
        and dates.month_end_date >= coalesce(
            (select min(handed_up.month_start_date) from handed_up),
            context.open_month_date - interval '1' day
        )
    union
    select month_start_date
    from handed_up

),

listed as (

    select
        units.unit_code as county_code,
        units.unit_name as county_name,
        months.month_start_date
    from units
    cross join months
    union all
    select
        handed_up.county_code,
        handed_up.county_name,
        handed_up.month_start_date
    from handed_up
    left join units on handed_up.county_code = units.unit_code
    where units.unit_code is null

),

cases as (

    select
        county_code,
        month_start_date,
        sum(discovered_count) as discovered_count,
        sum(filed_count) as filed_count,
        sum(decided_count) as decided_count,
        sum(closed_count) as closed_count,
        sum(transferred_count) as transferred_count,
        sum(open_count) as open_count
    from {{ ref('fct_county_cases') }}
    group by county_code, month_start_date

),

final as (

    select
        {{ hash_id(['listed.county_code', 'listed.month_start_date']) }} as county_month_id,
        listed.county_code,
        listed.county_name,
        {% for name in ['discovered', 'filed', 'decided', 'closed', 'transferred', 'open'] %}
        -- A package without a line of cases says that there are none; no package says nothing.
        cast(case
            when handed_up.county_code is null then null
            when cases.county_code is null then 0
            else cases.{{ name }}_count
        end as bigint) as {{ name }}_count,
        {% endfor %}
        handed_up.county_code is not null as has_reported,
        listed.month_start_date,
        handed_up.as_of_at,
        handed_up.received_at
    from listed
    left join handed_up
        on
            listed.county_code = handed_up.county_code
            and listed.month_start_date = handed_up.month_start_date
    left join cases
        on
            listed.county_code = cases.county_code
            and listed.month_start_date = cases.month_start_date

)

select * from final
