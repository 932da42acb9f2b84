with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}

),

form_periods as (

    select * from {{ ref('int_patrol_forms_dated') }}

),

stated as (

    select * from {{ ref('int_patrol_form_periods_stated') }}

),

credits as (

    select * from {{ ref('int_patrol_duties_credited') }}

),

-- A form without a level has no period of its own: what it states counts where it is of that kind,
-- else its date.
final as (

    select
        forms.form_id,
        credits.credited_level_code as patrol_level_code,
        credits.period_kind_code,
        forms.township_code,
        forms.village_code,
        forms.is_zero_report,
        forms.patrol_level_code = 'undetermined' as is_level_undetermined,
        superseded.is_superseded,
        forms.filled_date,
        case
            when forms.patrol_level_code <> 'undetermined' then form_periods.period_start_date
            when stated.period_kind_code = credits.period_kind_code then stated.period_start_date
            else {{ period_start_date('credits.period_kind_code', 'forms.filled_date') }}
        end as period_start_date,
        forms.received_at
    from forms
    inner join superseded on forms.form_id = superseded.form_id
    inner join form_periods on forms.form_id = form_periods.form_id
    inner join credits
        on
            forms.patrol_level_code = credits.patrol_level_code
            and form_periods.period_kind_code in (credits.period_kind_code, 'none')
    left join stated on forms.form_id = stated.form_id
    where forms.patrol_level_code <> 'undetermined' or forms.township_code is not null

)

select * from final
