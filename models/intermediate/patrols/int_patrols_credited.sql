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

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

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
        dated.patrol_id,
        dated.form_id,
        credits.credited_level_code as patrol_level_code,
        credits.period_kind_code,
        forms.township_code,
        case
            when dated.patrol_level_code = 'undetermined' then placed.village_code
            else matched.village_code
        end as village_code,
        matched.site_id,
        dated.patrol_level_code = 'undetermined' as is_level_undetermined,
        superseded.is_superseded,
        dated.is_date_derived,
        dated.patrol_date,
        case
            when dated.patrol_level_code <> 'undetermined' then dated.period_start_date
            when stated.period_kind_code = credits.period_kind_code then stated.period_start_date
            else {{ period_start_date('credits.period_kind_code', 'dated.patrol_date') }}
        end as period_start_date,
        forms.received_at
    from dated
    inner join superseded on dated.form_id = superseded.form_id
    inner join forms on dated.form_id = forms.form_id
    inner join mentions on dated.patrol_id = mentions.patrol_id
    inner join placed on mentions.mention_id = placed.mention_id
    inner join matched on mentions.mention_id = matched.mention_id
    inner join credits
        on
            dated.patrol_level_code = credits.patrol_level_code
            and dated.period_kind_code in (credits.period_kind_code, 'none')
    left join stated on dated.form_id = stated.form_id
    where dated.patrol_level_code <> 'undetermined' or forms.township_code is not null

),

-- The day a form was filled in is no patrol's day: what it says was done in its period was done by
-- the period's end.
final as (

    select
        patrol_id,
        form_id,
        patrol_level_code,
        period_kind_code,
        township_code,
        village_code,
        site_id,
        is_level_undetermined,
        is_superseded,
        case
            when is_date_derived
                then
                    least(
                        patrol_date,
                        {{ period_end_date('period_kind_code', 'period_start_date') }}
                    )
            else patrol_date
        end as done_date,
        period_start_date,
        received_at
    from lines

)

select * from final
