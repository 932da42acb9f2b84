{%- set reason = namespace(text='factors.reason_text') -%}
{%- for mark, value in [
    ('count', 'cast(cast(found.quantity as bigint) as varchar)'),
    ('days', 'cast(factors.window_days as varchar)'),
    ('date', 'cast(found.last_date as varchar)'),
    ('share', 'cast(cast(round(found.quantity * 100) as bigint) as varchar)'),
    ('detail', 'found.detail_text'),
] -%}
{%- set replaced = [reason.text, "'{" ~ mark ~ "}'", "coalesce(" ~ value ~ ", '')"] -%}
{%- set reason.text = 'replace(' ~ replaced | join(', ') ~ ')' -%}
{%- endfor -%}

with

places as (

    select * from {{ ref('int_site_risk_places') }}

),

factors as (

    select * from {{ ref('risk_factors') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

-- A step of a new kind of reason is one more line here, and its points one more row of the seed.
found as (

    {% for family in ['events', 'incidents', 'register', 'looks'] -%}
    select * from {{ ref('int_site_risk__' ~ family) }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

scored as (

    select
        found.*,
        factors.factor_name,
        cast(least(round(factors.points * found.quantity), factors.cap_points) as bigint)
            as points,
        -- What somebody told of the place or the register says of it, looks aside.
        count(case when found.factor_code <> 'not_looked_at' then 1 end) over (
            partition by found.place_id, found.risk_date
        ) as other_factor_count,
        {{ reason.text }} as reason_text
    from found
    inner join factors on found.factor_code = factors.factor_code

),

final as (

    select
        {{ hash_id(['places.place_id', 'places.risk_date', 'scored.factor_code']) }}
            as site_risk_id,
        places.place_id,
        places.place_kind_code,
        places.site_id,
        places.township_code,
        places.village_code,
        scored.factor_code,
        scored.evidence_type,
        scored.evidence_id,
        places.place_name,
        townships.township_name,
        villages.village_name,
        scored.factor_name,
        scored.reason_text,
        scored.points,
        cast(
            sum(scored.points) over (partition by places.place_id, places.risk_date) as bigint
        ) as total_points,
        places.longitude,
        places.latitude,
        places.is_registered,
        places.is_as_of,
        places.risk_date
    from places
    inner join scored
        on places.place_id = scored.place_id and places.risk_date = scored.risk_date
    left join townships on places.township_code = townships.township_code
    left join villages on places.village_code = villages.village_code
    -- A registered site is always on the list. Any other place is as long as something was told of
    -- it: that nobody looked is no reason of its own where nobody has to.
    where places.is_registered or scored.other_factor_count > 0

)

select * from final
