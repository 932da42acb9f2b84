with

risk as (

    select * from {{ ref('fct_site_risk') }}
    where is_as_of and township_code is not null

),

places as (

    select * from {{ ref('int_site_risk_places') }}
    where is_as_of

),

visits as (

    select visits.*
    from {{ ref('int_site_risk_visits') }} as visits
    inner join places
        on visits.place_id = places.place_id and visits.visit_date <= places.risk_date
    qualify row_number() over (
        partition by visits.place_id
        order by visits.visit_date desc, visits.evidence_type asc, visits.evidence_id asc
    ) = 1

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

units as (

    select * from {{ ref('dim_units') }}
    where is_current

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

-- Who leads the county's own patrols.
county_lead as (

    select min(lead_unit_name) as unit_name
    from {{ ref('obligation_rules') }}
    where family_code = 'patrols' and owner_code = 'lead_unit'

),

capacity as (

    select
        {{ setting('patrol_places_per_week') }} as place_count,
        round({{ setting('patrol_places_per_week') }} * {{ setting('patrol_coverage_share') }})
            as coverage_count

),

-- Where digging is proven or told by two kinds of source the county looks itself, from outside the
-- township.
summed as (

    select
        place_id,
        min(total_points) as total_points,
        case
            when max(case when factor_code in ('incident_high', 'confirmed_digging') then 1 end) = 1
                then 'county'
            else 'township'
        end as going_level_code,
        {{ joined_characters(
            "case when points > 0 then reason_text || '（' || cast(points as varchar) || '分）；' else '' end",
            'points desc, factor_code'
        ) }} as reasons_text
    from risk
    group by place_id

),

known as (

    select
        places.*,
        summed.total_points,
        summed.going_level_code,
        summed.reasons_text,
        visits.visit_level_code,
        visits.visit_date
    from places
    inner join summed on places.place_id = summed.place_id
    left join visits on places.place_id = visits.place_id

),

by_risk as (

    select
        known.*,
        row_number() over (
            partition by known.township_code
            order by
                known.total_points desc, known.visit_date asc nulls first, known.place_id asc
        ) as risk_rank
    from known

),

-- A place that nobody registered is on the list because something was told of it: coverage is for
-- the register, where a place without signals may be one without witnesses.
by_turn as (

    select
        by_risk.*,
        by_risk.risk_rank <= capacity.place_count - capacity.coverage_count
        and by_risk.total_points > 0 as is_by_risk,
        capacity.coverage_count
    from by_risk
    cross join capacity

),

turned as (

    select
        *,
        row_number() over (
            partition by township_code, is_by_risk, is_registered
            order by visit_date nulls first, place_id
        ) as turn_rank
    from by_turn

),

picked as (

    select
        *,
        row_number() over (
            partition by township_code
            order by
                case when is_by_risk then 0 else 1 end,
                case when is_by_risk then risk_rank else turn_rank end
        ) as pick_number
    from turned
    where is_by_risk or (is_registered and turn_rank <= coverage_count)

),

final as (

    select
        {{ hash_id(['picked.place_id', 'picked.risk_date']) }} as suggestion_id,
        picked.place_id,
        picked.place_kind_code,
        picked.site_id,
        picked.township_code,
        picked.village_code,
        case when picked.is_by_risk then 'risk' else 'coverage' end as pick_code,
        picked.going_level_code,
        picked.visit_level_code as last_visit_level_code,
        picked.place_name,
        townships.township_name,
        villages.village_name,
        case picked.going_level_code
            when 'county' then coalesce(picked.county_unit_name, county_lead.unit_name)
            else units.unit_name
        end as going_unit_name,
        case when picked.is_by_risk then '' else '轮查：最久没有人到场的点位之一；' end
        || picked.reasons_text as reasons_text,
        picked.pick_number,
        picked.total_points,
        picked.longitude,
        picked.latitude,
        picked.is_registered,
        picked.visit_date as last_visit_date,
        cast(date_trunc('week', picked.risk_date) + interval '7' day as date) as week_start_date,
        cast(date_trunc('week', picked.risk_date) + interval '13' day as date) as week_end_date
    from picked
    cross join county_lead
    inner join townships on picked.township_code = townships.township_code
    left join villages on picked.village_code = villages.village_code
    left join governments on picked.township_code = governments.township_code
    left join units on governments.unit_code = units.unit_code

)

select * from final
