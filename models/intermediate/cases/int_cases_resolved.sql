with

cases as (

    select * from {{ ref('stg_cases') }}

),

value_names as (

    select * from {{ ref('int_value_names') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

minerals as (

    select * from {{ ref('int_mineral_names') }}

),

-- What a register leaves blank is unknown; what it writes and no list knows is other.
final as (

    select
        cases.delivery_sha256,
        cases.case_id,
        cases.clue_id,
        cases.meter_id,
        coalesce(types.value_code, 'other') as case_type_code,
        coalesce(sources.value_code, 'other') as clue_source_code,
        units.unit_code as handling_unit_code,
        minerals.mineral_code,
        coalesce(types.value_name, cases.case_type_name) as case_type_name,
        coalesce(sources.value_name, cases.clue_source_name) as clue_source_name,
        coalesce(units.unit_name, cases.handling_unit_name) as handling_unit_name,
        coalesce(minerals.mineral_name, cases.mineral_text) as mineral_name,
        case
            when parties.value_code is not null then parties.value_code
            when cases.credit_code is not null then 'enterprise'
            else 'unknown'
        end as party_kind_code,
        case
            when cases.supervision_name is null then 'none'
            else coalesce(supervisions.value_code, 'other')
        end as supervision_code,
        coalesce(levels.value_code, 'unknown') as supervision_level_code,
        case
            when cases.area_kind_name is null then 'unknown'
            else coalesce(areas.value_code, 'other')
        end as area_kind_code,
        cases.file_name,
        cases.sheet_name,
        cases.row_number,
        cases.illegal_tonnes,
        cases.case_value_yuan,
        {{ is_person_named('cases.investigator_name') }} as has_named_investigator,
        coalesce(
            cases.involves_electricity = 'yes'
            or (cases.meter_id is not null and cases.involves_electricity <> 'no'),
            cases.meter_id is not null
        ) as is_electricity_involved,
        coalesce(cases.involves_electricity <> 'not_stated', false) as is_electricity_checked,
        coalesce(cases.is_major = 'yes', false) as is_major,
        coalesce(cases.has_serious_consequence = 'yes', false) as has_serious_consequence,
        cases.discovered_date,
        cases.act_date
    from cases
    left join value_names as types
        on
            {{ normalised_place_name('cases.case_type_name') }} = types.name_text
            and types.list_code = 'case_type'
    left join value_names as sources
        on
            {{ normalised_place_name('cases.clue_source_name') }} = sources.name_text
            and sources.list_code = 'clue_channel'
    left join value_names as parties
        on
            {{ normalised_place_name('cases.party_kind_name') }} = parties.name_text
            and parties.list_code = 'party_kind'
    left join value_names as supervisions
        on
            {{ normalised_place_name('cases.supervision_name') }} = supervisions.name_text
            and supervisions.list_code = 'supervision_kind'
    left join value_names as levels
        on
            {{ normalised_place_name('cases.supervision_level_name') }} = levels.name_text
            and levels.list_code = 'supervision_level'
    left join value_names as areas
        on
            {{ normalised_place_name('cases.area_kind_name') }} = areas.name_text
            and areas.list_code = 'area_kind'
    left join units
        on {{ normalised_place_name('cases.handling_unit_name') }} = units.name_text
    -- Of several minerals in one cell the first counts, as in the register of sites.
    left join minerals
        on
            {{ normalised_place_name(first_of_several('cases.mineral_text')) }}
            = minerals.name_text

)

select * from final
