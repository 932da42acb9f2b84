with

cases as (

    select * from {{ ref('stg_cases') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

-- A township that handles a case handles one of its own.
final as (

    select
        {{ hash_id(["'case'", 'cases.case_id']) }} as mention_id,
        cases.case_id,
        cases.site_id as stated_site_id,
        units.township_code as assumed_township_code,
        cases.township_name as stated_township_text,
        cases.village_name as stated_village_text,
        {{ with_stated_place('cases.township_name', 'cases.village_name', 'cases.place_text') }}
            as location_text,
        cases.crs_name,
        cases.longitude,
        cases.latitude
    from cases
    left join units
        on {{ normalised_place_name('cases.handling_unit_name') }} = units.name_text

)

select * from final
