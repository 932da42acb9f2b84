with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('stg_patrol_forms') }}

),

parsed as (

    select * from {{ ref('int_period_texts_parsed') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

form_texts as (

    select
        period_text,
        filled_date,
        received_at
    from forms
    union all
    select
        title_text as period_text,
        filled_date,
        received_at
    from forms
    union all
    select
        sheet_name as period_text,
        filled_date,
        received_at
    from forms
    union all
    select
        file_stem as period_text,
        filled_date,
        received_at
    from forms

),

-- The day from which a text without a year is understood: the patrol's, else the form's, else the
-- day on which it came in.
stated as (

    select
        period_text,
        coalesce(
            patrol_date, cast(arrived_at as date), filled_date, cast(received_at as date)
        ) as reference_date
    from lines
    union
    select
        period_text,
        coalesce(filled_date, cast(received_at as date)) as reference_date
    from form_texts

),

-- Without a year the latest such period that has begun is meant: a form filled late is usual, one
-- filled months ahead is not. One that begins within the days of grace may already be meant.
final as (

    select
        stated.period_text,
        parsed.period_kind_code,
        stated.reference_date,
        periods.period_start_date,
        periods.period_end_date
    from stated
    inner join parsed on stated.period_text = parsed.period_text
    inner join periods
        on
            parsed.period_kind_code = periods.period_kind_code
            and coalesce(parsed.year_number, periods.year_number) = periods.year_number
            and coalesce(parsed.month_number, periods.month_number, 0)
            = coalesce(periods.month_number, 0)
            and coalesce(parsed.quarter_number, periods.quarter_number) = periods.quarter_number
            and coalesce(parsed.week_of_month_number, periods.week_of_month_number, 0)
            = coalesce(periods.week_of_month_number, 0)
            and coalesce(parsed.iso_week_number, periods.iso_week_number, 0)
            = coalesce(periods.iso_week_number, 0)
    where
        parsed.year_number is not null
        or periods.period_start_date
        <= stated.reference_date
        + cast({{ setting('patrol_period_grace_days') }} as integer) * interval '1' day
    qualify row_number() over (
        partition by stated.period_text, stated.reference_date
        order by periods.period_start_date desc
    ) = 1

)

select * from final
