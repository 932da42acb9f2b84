with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X01'

),

leads as (

    select * from {{ ref('int_contradictions_leads') }}

),

events as (

    select * from {{ ref('fct_video_events') }}

),

dark_spells as (

    select * from {{ ref('fct_camera_dark_spells') }}

),

signals as (

    select * from {{ ref('int_contradictions_signals') }}

),

camera_sites as (

    select * from {{ ref('int_contradictions_camera_sites') }}
    where is_only_site

),

places as (

    select * from {{ ref('int_contradictions_place_cells') }}

),

-- What a camera tells without saying where is about the one site it sees, if it sees one only.
viewing as (

    select
        'video_event' as evidence_type,
        video_event_id as evidence_id,
        camera_id
    from events
    where site_id is null and not has_own_coordinates
    union all
    select
        'camera_dark_spell' as evidence_type,
        camera_dark_spell_id as evidence_id,
        camera_id
    from dark_spells
    where site_id is null

),

-- A point that is the camera's own says where the camera stands.
points as (

    select
        signals.evidence_type,
        signals.evidence_id,
        signals.longitude,
        signals.latitude,
        cast(floor(signals.longitude * 100) as bigint) as cell_x,
        cast(floor(signals.latitude * 100) as bigint) as cell_y
    from signals
    left join viewing
        on
            signals.evidence_type = viewing.evidence_type
            and signals.evidence_id = viewing.evidence_id
    where signals.site_id is null and viewing.camera_id is null

),

measured as (

    select
        points.evidence_type,
        points.evidence_id,
        places.place_id,
        {{ distance_m(
            'points.longitude', 'points.latitude', 'places.longitude', 'places.latitude'
        ) }} as distance_m
    from points
    inner join places on points.cell_x = places.cell_x and points.cell_y = places.cell_y

),

near as (

    select measured.*
    from measured
    inner join rules on measured.distance_m <= rules.radius_m

),

found as (

    select
        evidence_type,
        evidence_id,
        'place' as place_scope_code,
        coalesce(site_id, unregistered_place_id) as place_id,
        cast(null as double) as distance_m
    from leads
    where coalesce(site_id, unregistered_place_id) is not null
    union all
    select
        evidence_type,
        evidence_id,
        'village' as place_scope_code,
        village_code as place_id,
        cast(null as double) as distance_m
    from leads
    where site_id is null and village_code is not null
    union all
    select
        viewing.evidence_type,
        viewing.evidence_id,
        'place' as place_scope_code,
        camera_sites.site_id as place_id,
        camera_sites.distance_m
    from viewing
    inner join camera_sites on viewing.camera_id = camera_sites.camera_id
    union all
    select
        evidence_type,
        evidence_id,
        'place' as place_scope_code,
        place_id,
        distance_m
    from near

),

-- Known by its name and close as well is the same place once.
final as (

    select
        evidence_type,
        evidence_id,
        place_scope_code,
        place_id,
        min(distance_m) as distance_m
    from found
    group by evidence_type, evidence_id, place_scope_code, place_id

)

select * from final
