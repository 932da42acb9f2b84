with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

form_periods as (

    select * from {{ ref('int_patrol_forms_dated') }}

),

period_texts as (

    select * from {{ ref('int_period_texts_resolved') }}

),

cadences as (

    select * from {{ ref('int_patrol_cadences') }}

),

levelled as (

    select
        lines.patrol_id,
        lines.form_id,
        lines.period_text,
        coalesce(
            {{ patrol_level_in(normalised_place_name('lines.level_text')) }},
            forms.patrol_level_code
        ) as patrol_level_code,
        case
            when {{ patrol_level_in(normalised_place_name('lines.level_text')) }} is not null
                then 'row'
            else forms.level_source_code
        end as level_source_code,
        forms.patrol_level_code as form_level_code,
        lines.patrol_date is null and lines.arrived_at is null as is_date_derived,
        coalesce(lines.patrol_date, cast(lines.arrived_at as date), lines.filled_date)
            as patrol_date,
        coalesce(
            lines.patrol_date, cast(lines.arrived_at as date), lines.filled_date,
            cast(lines.received_at as date)
        ) as reference_date
    from lines
    inner join forms on lines.form_id = forms.form_id

),

-- The cadence in force on the day of the patrol; before the first one, the first.
kinds as (

    select
        levelled.patrol_id,
        cadences.period_kind_code
    from levelled
    inner join cadences on levelled.patrol_level_code = cadences.patrol_level_code
    qualify row_number() over (
        partition by levelled.patrol_id
        order by
            case when cadences.valid_from_date <= levelled.reference_date then 0 else 1 end asc,
            case
                when cadences.valid_from_date <= levelled.reference_date
                    then cadences.valid_from_date
            end desc nulls last,
            cadences.valid_from_date asc nulls last
    ) = 1

),

-- The line's own word first, then its form's, which knows about grace. Where nothing was stated, a
-- patrol date of the line's own decides.
final as (

    select
        levelled.patrol_id,
        levelled.form_id,
        levelled.patrol_level_code,
        levelled.level_source_code,
        coalesce(kinds.period_kind_code, 'none') as period_kind_code,
        case
            when kinds.period_kind_code is null then 'none'
            when period_texts.period_kind_code = kinds.period_kind_code then 'row'
            when
                form_periods.period_kind_code = kinds.period_kind_code
                and (form_periods.period_source_code <> 'date' or levelled.is_date_derived)
                then form_periods.period_source_code
            else 'date'
        end as period_source_code,
        levelled.is_date_derived,
        levelled.patrol_date,
        case
            when kinds.period_kind_code is null then cast(null as date)
            when period_texts.period_kind_code = kinds.period_kind_code
                then period_texts.period_start_date
            when
                form_periods.period_kind_code = kinds.period_kind_code
                and (form_periods.period_source_code <> 'date' or levelled.is_date_derived)
                then form_periods.period_start_date
            else {{ period_start_date('kinds.period_kind_code', 'levelled.patrol_date') }}
        end as period_start_date
    from levelled
    inner join form_periods on levelled.form_id = form_periods.form_id
    left join kinds on levelled.patrol_id = kinds.patrol_id
    left join period_texts
        on
            levelled.period_text = period_texts.period_text
            and levelled.reference_date = period_texts.reference_date

)

select
    *,
    {{ period_end_date('period_kind_code', 'period_start_date') }} as period_end_date
from final
