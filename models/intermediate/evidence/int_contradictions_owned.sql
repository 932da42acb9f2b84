{%- set held_that_day = "
            coalesce({0}.valid_from_date <= contradictions.claim_date, true)
            and coalesce({0}.valid_to_date > contradictions.claim_date, true)" -%}
{%- set valid_that_day = "
            {0}.valid_from_at < contradictions.claim_date + interval '1' day
            and coalesce({0}.valid_to_at >= contradictions.claim_date + interval '1' day, true)" -%}

with

contradictions as (

    select * from {{ ref('int_contradictions_gathered') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}

),

units as (

    select * from {{ ref('int_units_dated') }}

),

lead_units as (

    select * from {{ ref('int_sole_unit_names') }}

),

site_versions as (

    select * from {{ ref('int_site_versions') }}

),

sponsorships as (

    select * from {{ ref('int_sponsorship_versions') }}

),

governed as (

    select
        contradictions.contradiction_id,
        min(case when units.unit_kind_code = 'township_government' then units.unit_code end)
            as township_unit_code,
        min(
            case
                when
                    units.unit_kind_code = 'village_committee'
                    and units.village_code = contradictions.village_code
                    then units.unit_code
            end
        ) as village_unit_code
    from contradictions
    inner join units
        on
            contradictions.township_code = units.township_code
            and {{ held_that_day.format('units') }}
    group by contradictions.contradiction_id

),

registered as (

    select
        contradictions.contradiction_id,
        site_versions.site_version_id,
        site_versions.has_township_grid_member,
        site_versions.has_village_grid_member
    from contradictions
    inner join site_versions
        on
            contradictions.site_id = site_versions.site_id
            and {{ valid_that_day.format('site_versions') }}

),

sponsored as (

    select distinct
        contradictions.contradiction_id,
        sponsorships.level_code,
        sponsorships.position_name
    from contradictions
    inner join sponsorships
        on
            contradictions.township_code = sponsorships.township_code
            and {{ valid_that_day.format('sponsorships') }}
            and contradictions.claim_date >= sponsorships.start_date
            and coalesce(contradictions.claim_date <= sponsorships.end_date, true)
            and (
                sponsorships.village_code is null
                or contradictions.village_code = sponsorships.village_code
            )

),

sponsors as (

    select
        contradiction_id,
    {% for level in ['county', 'township'] -%}
    nullif(substr({{ joined_characters(
            "case when level_code = '" ~ level ~ "' then '、' || position_name end", 'position_name'
        ) }}, 2), '') as {{ level }}_sponsor_name{{ ',' if not loop.last }}
    {% endfor %}
    from sponsored
    group by contradiction_id

),

final as (

    select
        contradictions.contradiction_id,
        -- Whoever the claim is of is asked; where nobody knows, who leads the work.
        coalesce(
            case when rules.asked_kind_code = 'claim_unit' then contradictions.claim_unit_code end,
            case
                when rules.asked_kind_code in ('claim_unit', 'township')
                    then governed.township_unit_code
            end,
            lead_units.unit_code
        ) as asked_unit_code,
        governed.township_unit_code,
        governed.village_unit_code,
        lead_units.unit_code as lead_unit_code,
        registered.site_version_id,
        sponsors.county_sponsor_name,
        sponsors.township_sponsor_name,
        coalesce(registered.has_township_grid_member, false) as has_township_grid_member,
        coalesce(registered.has_village_grid_member, false) as has_village_grid_member
    from contradictions
    inner join rules on contradictions.rule_code = rules.rule_code
    left join lead_units
        on {{ normalised_place_name('rules.lead_unit_name') }} = lead_units.name_text
    left join governed on contradictions.contradiction_id = governed.contradiction_id
    left join registered on contradictions.contradiction_id = registered.contradiction_id
    left join sponsors on contradictions.contradiction_id = sponsors.contradiction_id

)

select * from final
