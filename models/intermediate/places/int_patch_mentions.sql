with

patches as (

    select * from {{ ref('stg_patches') }}

),

final as (

    select
        {{ hash_id(["'patch'", 'patch_id']) }} as mention_id,
        patch_id,
        crs_name,
        longitude,
        latitude
    from patches

)

select * from final
