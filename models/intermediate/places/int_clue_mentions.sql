with

clues as (

    select * from {{ ref('stg_clues') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

-- A clue is passed to the township it is about. What was said names other places too, so it is read
-- only where the cell for the place is empty.
final as (

    select
        {{ hash_id(["'clue'", 'clues.clue_id']) }} as mention_id,
        clues.clue_id,
        clues.site_id as stated_site_id,
        units.township_code as assumed_township_code,
        clues.township_name as stated_township_text,
        clues.village_name as stated_village_text,
        {{ with_stated_place(
            'clues.township_name',
            'clues.village_name',
            "coalesce(nullif(clues.place_text, ''), clues.content_text)"
        ) }} as location_text,
        clues.longitude,
        clues.latitude
    from clues
    left join units
        on {{ normalised_place_name('clues.transferred_unit_name') }} = units.name_text

)

select * from final
