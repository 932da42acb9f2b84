with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X13'

),

corners as (

    select * from {{ ref('dim_boundary_points') }}

),

-- Where a site is named its own distance says more.
patrols as (

    select * from {{ ref('fct_patrols') }}
    where site_id is null and longitude is not null and latitude is not null

),

numbered as (

    select
        *,
        row_number() over (partition by ring_number order by point_number) as place_in_ring
    from corners

),

-- The last corner leads back to the first.
edges as (

    select
        ring_number,
        longitude as from_longitude,
        latitude as from_latitude,
        coalesce(
            lead(longitude) over (partition by ring_number order by point_number),
            max(case when place_in_ring = 1 then longitude end) over (partition by ring_number)
        ) as to_longitude,
        coalesce(
            lead(latitude) over (partition by ring_number order by point_number),
            max(case when place_in_ring = 1 then latitude end) over (partition by ring_number)
        ) as to_latitude
    from numbered

),

-- The point itself and one in each direction: in another system of coordinates it lies somewhere
-- between them. A degree of latitude is 111,320 m.
probes as (

    {% for east, north in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)] -%}
    select
        patrols.patrol_id,
        {{ loop.index }} as probe_number,
        patrols.longitude
        + {{ east }} * rules.radius_m / (111320 * cos(radians(patrols.latitude))) as longitude,
        patrols.latitude + {{ north }} * rules.radius_m / 111320e0 as latitude
    from patrols
    cross join rules
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- A line to the east crosses the boundary an odd number of times if it begins inside.
counted as (

    select
        probes.patrol_id,
        probes.probe_number,
        count(edges.ring_number) as crossing_count
    from probes
    left join edges
        on
            (probes.latitude < edges.from_latitude) <> (probes.latitude < edges.to_latitude)
            and probes.longitude
            < edges.from_longitude
            + (edges.to_longitude - edges.from_longitude)
            * (probes.latitude - edges.from_latitude)
            / (edges.to_latitude - edges.from_latitude)
    group by probes.patrol_id, probes.probe_number

),

-- Without a boundary nothing lies outside it.
final as (

    select patrol_id
    from counted
    where exists (select 1 from corners)
    group by patrol_id
    having max(crossing_count % 2) = 0

)

select * from final
