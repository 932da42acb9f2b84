with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}

),

stated as (

    select * from {{ ref('int_patrol_form_periods_stated') }}

),

cadences as (

    select * from {{ ref('int_patrol_cadences') }}

),

-- The cadence in force on the day of the form; before the first one, the first.
kinds as (

    select
        forms.form_id,
        cadences.period_kind_code
    from forms
    inner join cadences on forms.patrol_level_code = cadences.patrol_level_code
    qualify row_number() over (
        partition by forms.form_id
        order by
            case when cadences.valid_from_date <= forms.filled_date then 0 else 1 end asc,
            case
                when cadences.valid_from_date <= forms.filled_date then cadences.valid_from_date
            end
            desc nulls last,
            cadences.valid_from_date asc nulls last
    ) = 1

),

-- A stated period counts only if it is of the kind that the level owes: 10月 on a village form does
-- not say which week.
based as (

    select
        forms.form_id,
        forms.unit_key,
        forms.patrol_level_code,
        kinds.period_kind_code,
        superseded.is_superseded,
        case
            when stated.period_kind_code = kinds.period_kind_code
                then stated.period_source_code
            when kinds.period_kind_code is not null and forms.filled_date is not null
                then 'date'
            else 'none'
        end as period_source_code,
        forms.filled_date,
        case
            when stated.period_kind_code = kinds.period_kind_code then stated.period_start_date
            else {{ period_start_date('kinds.period_kind_code', 'forms.filled_date') }}
        end as base_start_date
    from forms
    inner join superseded on forms.form_id = superseded.form_id
    left join kinds on forms.form_id = kinds.form_id
    left join stated on forms.form_id = stated.form_id

),

previous as (

    select
        *,
        cast(base_start_date - interval '1' day as date) as previous_end_date,
        {{ period_start_date(
            'period_kind_code', "cast(base_start_date - interval '1' day as date)"
        ) }} as previous_start_date
    from based

),

-- Filled in within the days of grace after a period's end, a form that states no period is that
-- period's, unless the unit has reported for it beyond doubt: by name, or later in it than that.
doubtful as (

    select
        *,
        coalesce(
            period_source_code = 'date'
            and filled_date
            <= previous_end_date
            + cast({{ setting('patrol_period_grace_days') }} as integer) * interval '1' day,
            false
        ) as is_in_grace
    from previous

),

reported as (

    select distinct
        unit_key,
        patrol_level_code,
        base_start_date
    from doubtful
    where not is_superseded and not is_in_grace

),

graced as (

    select
        doubtful.*,
        doubtful.is_in_grace and reported.base_start_date is null as is_graced
    from doubtful
    left join reported
        on
            doubtful.unit_key = reported.unit_key
            and doubtful.patrol_level_code = reported.patrol_level_code
            and doubtful.previous_start_date = reported.base_start_date

),

final as (

    select
        form_id,
        case when base_start_date is null then 'none' else period_kind_code end as period_kind_code,
        period_source_code,
        case when is_graced then previous_start_date else base_start_date end as period_start_date,
        case
            when is_graced then previous_end_date
            else {{ period_end_date('period_kind_code', 'base_start_date') }}
        end as period_end_date
    from graced

)

select * from final
