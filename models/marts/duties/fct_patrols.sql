with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}

),

dated as (

    select * from {{ ref('int_patrols_dated') }}

),

mentions as (

    select * from {{ ref('int_patrol_mentions') }}

),

matched as (

    select * from {{ ref('int_mentions_matched') }}

),

repeated as (

    select * from {{ ref('int_patrols_repeated') }}

),

minerals as (

    select * from {{ ref('int_mineral_names') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        -- ids
        lines.patrol_id,
        lines.form_id,
        lines.delivery_sha256,
        forms.unit_code as reporting_unit_code,
        forms.unit_name as reporting_unit_name,
        matched.township_code,
        townships.township_name,
        matched.village_code,
        villages.village_name,
        matched.site_id,
        matched.site_name,
        matched.unregistered_place_id,
        -- text
        dated.patrol_level_code,
        dated.level_source_code,
        dated.period_kind_code,
        dated.period_source_code,
        matched.match_method_code,
        matched.match_confidence_code,
        minerals.mineral_code,
        lines.mining_licence_code,
        lines.shallow_coal_code,
        lines.illegal_mining_code,
        lines.out_of_bounds_code,
        lines.violation_code,
        lines.location_text,
        lines.disposition_text,
        lines.remark_text,
        lines.photo_text,
        lines.file_name,
        lines.sheet_name,
        -- numbers
        lines.row_number,
        matched.match_distance_m,
        matched.longitude,
        matched.latitude,
        -- booleans
        {{ is_person_named('lines.preparer_name') }} as has_named_preparer,
        {{ is_person_named('lines.patroller_text') }} as has_named_patroller,
        coalesce(lines.photo_text, '') <> '' as has_photo,
        -- 有人举报，未发现 is unclear and no finding: only the writer knows what was meant.
        coalesce(lines.illegal_mining_code in ('yes', 'suspected'), false)
        or coalesce(lines.out_of_bounds_code in ('yes', 'suspected'), false)
        or coalesce(lines.violation_code in ('yes', 'suspected'), false) as has_finding,
        matched.site_id is not null as is_registered_place,
        repeated.is_carried_over,
        dated.is_date_derived,
        dated.level_source_code <> 'row' as is_level_derived,
        dated.period_source_code <> 'row' as is_period_derived,
        superseded.is_conflict as is_form_conflict,
        -- dates
        dated.patrol_date,
        dated.period_start_date,
        dated.period_end_date,
        lines.filled_date,
        -- timestamps
        lines.arrived_at,
        lines.received_at as reported_at
    from lines
    inner join forms on lines.form_id = forms.form_id
    inner join superseded on lines.form_id = superseded.form_id
    inner join dated on lines.patrol_id = dated.patrol_id
    inner join mentions on lines.patrol_id = mentions.patrol_id
    inner join matched on mentions.mention_id = matched.mention_id
    inner join repeated on lines.patrol_id = repeated.patrol_id
    -- Of several minerals in one cell the first counts, as in the register.
    left join minerals
        on
            {{ normalised_place_name(first_of_several('lines.mineral_text')) }}
            = minerals.name_text
    left join townships on matched.township_code = townships.township_code
    left join villages on matched.village_code = villages.village_code
    where not superseded.is_superseded

)

select * from final
