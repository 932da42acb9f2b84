with

cases as (

    select * from {{ source('raw', 'cases') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(case_id) as case_id,
        nullif(trim(site_id), '') as site_id,
        nullif(trim(clue_id), '') as clue_id,
        nullif(trim(credit_code), '') as credit_code,
        nullif(trim(meter_id), '') as meter_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(cause_text) as cause_text,
        trim(case_type_name) as case_type_name,
        trim(place_text) as place_text,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        trim(crs_name) as crs_name,
        trim(clue_source_name) as clue_source_name,
        trim(handling_unit_name) as handling_unit_name,
        trim(investigator_name) as investigator_name,
        trim(party_kind_name) as party_kind_name,
        trim(mineral_text) as mineral_text,
        involves_electricity,
        is_major,
        has_serious_consequence,
        trim(supervision_name) as supervision_name,
        trim(supervision_level_name) as supervision_level_name,
        trim(area_kind_name) as area_kind_name,
        trim(party_hash) as party_hash,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(illegal_tonnes as decimal(18, 4)) as illegal_tonnes,
        cast(case_value_yuan as decimal(18, 4)) as case_value_yuan,
        -- dates and times
        cast(discovered_date as date) as discovered_date,
        cast(act_date as date) as act_date,
        _received_at as received_at,
        min(case when {{ is_person_named('investigator_name') }} then _received_at end) over (
            partition by case_id
        ) as investigator_reported_at,
        min(case when involves_electricity <> 'not_stated' then _received_at end) over (
            partition by case_id
        ) as electricity_reported_at
    from cases
    where _reject_reasons is null
    qualify row_number() over (
        partition by case_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
