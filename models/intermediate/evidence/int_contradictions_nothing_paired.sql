with

kinds as (

    select * from {{ ref('ledger_evidence') }}

),

claims as (

    select * from {{ ref('int_contradictions_nothing_found') }}

),

leads as (

    select * from {{ ref('int_contradictions_leads') }}

),

places as (

    select * from {{ ref('int_contradictions_lead_places') }}

),

calendar as (

    select
        calendar_date,
        day_number,
        {{ setting('baseline_history_days') }} as history_days
    from {{ ref('int_working_days') }}

),

-- What is seen by night belongs to the day on whose evening the night began.
located as (

    select
        leads.evidence_type,
        leads.evidence_id,
        leads.evidence_code,
        places.place_scope_code,
        places.place_id,
        places.distance_m,
        kinds.days_before,
        kinds.days_after,
        kinds.days_min,
        kinds.licensed_days_min,
        kinds.kinds_min,
        cast(leads.started_at as date) as first_date,
        cast(leads.ended_at as date) as ended_date,
        cast(
            lead(leads.started_at) over (
                partition by places.place_scope_code, places.place_id, leads.evidence_type
                order by leads.started_at, leads.evidence_id
            ) as date
        ) as next_date,
        kinds.days_bridged,
        cast(leads.started_at - interval '12' hour as date) as night_date
    from leads
    inner join places
        on leads.evidence_type = places.evidence_type and leads.evidence_id = places.evidence_id
    inner join kinds
        on
            leads.evidence_code = kinds.evidence_code
            and places.place_scope_code = kinds.place_scope_code

),

spanned as (

    select
        *,
        case
            when next_date <= ended_date + cast(days_bridged as integer)
                then greatest(ended_date, next_date)
            else ended_date
        end as last_date
    from located

),

nights as (

    select distinct
        place_scope_code,
        place_id,
        evidence_code,
        night_date
    from located
    where days_min > 1

),

-- A licensed mine's gate is passed on many a night: what is usual there is no news.
usual as (

    select
        nights.*,
        calendar.history_days,
        {{ count_before(
            'nights.night_date', 'nights.place_id, nights.evidence_code', 'calendar.day_number',
            'calendar.history_days'
        ) }} as night_count
    from nights
    inner join calendar on nights.night_date = calendar.calendar_date

),

final as (

    select
        claims.claim_id,
        located.place_scope_code,
        located.evidence_type,
        located.evidence_id,
        located.evidence_code,
        located.kinds_min,
        case when claims.is_licensed then located.licensed_days_min else located.days_min end
            as days_needed,
        coalesce(
            case
                when claims.is_licensed
                    then
                        usual.night_count * (located.days_before + located.days_after + 1)
                        / usual.history_days
            end,
            0
        ) as days_usual,
        located.distance_m,
        claims.claim_date,
        located.night_date
    from claims
    inner join spanned as located
        on
            claims.place_scope_code = located.place_scope_code
            and claims.place_id = located.place_id
            and claims.claim_date >= located.first_date - cast(located.days_after as integer)
            and claims.claim_date <= located.last_date + cast(located.days_before as integer)
    left join usual
        on
            located.place_scope_code = usual.place_scope_code
            and located.place_id = usual.place_id
            and located.evidence_code = usual.evidence_code
            and located.night_date = usual.night_date
    where not claims.is_licensed or located.licensed_days_min is not null

)

select * from final
