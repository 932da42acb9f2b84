with

dated as (

    select * from {{ ref('int_patrols_dated') }}

),

mentions as (

    select * from {{ ref('int_patrol_mentions') }}

),

placed as (

    select * from {{ ref('int_mentions_placed') }}

),

matched as (

    select * from {{ ref('int_mentions_matched') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}
    where not is_superseded

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

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

-- A line without a level has no period of its own: what its form states counts where it is of that
-- kind, else its date. It counts for a village only if it names it and a township's unit filed it.
lines as (

    select
        credits.credited_level_code as patrol_level_code,
        case
            when dated.patrol_level_code = 'undetermined' then placed.village_code
            else matched.village_code
        end as village_code,
        matched.site_id,
        case
            when dated.patrol_level_code <> 'undetermined' then dated.period_start_date
            when stated.period_kind_code = credits.period_kind_code then stated.period_start_date
            else {{ period_start_date('credits.period_kind_code', 'dated.patrol_date') }}
        end as period_start_date
    from dated
    inner join superseded on dated.form_id = superseded.form_id
    inner join forms on dated.form_id = forms.form_id
    inner join mentions on dated.patrol_id = mentions.patrol_id
    inner join placed on mentions.mention_id = placed.mention_id
    inner join matched on mentions.mention_id = matched.mention_id
    inner join credits on dated.patrol_level_code = credits.patrol_level_code
    left join stated on dated.form_id = stated.form_id
    where dated.patrol_level_code <> 'undetermined' or forms.township_code is not null

),

-- A village that reports that there is nothing has made its round. A township's zero report says
-- nothing of any one site.
subjects as (

    select
        patrol_level_code,
        'village' as subject_kind_code,
        village_code as subject_id,
        period_start_date
    from lines
    union all
    select
        patrol_level_code,
        'site' as subject_kind_code,
        site_id as subject_id,
        period_start_date
    from lines
    union all
    select
        forms.patrol_level_code,
        'village' as subject_kind_code,
        forms.village_code as subject_id,
        form_periods.period_start_date
    from forms
    inner join superseded on forms.form_id = superseded.form_id
    inner join form_periods on forms.form_id = form_periods.form_id
    where forms.is_zero_report

),

final as (

    select distinct
        patrol_level_code,
        subject_kind_code,
        subject_id,
        period_start_date
    from subjects
    where subject_id is not null and period_start_date is not null

)

select * from final
