-- Guards the joins from the register to places, kinds and states: a camera in words that nobody has
-- listed must come through, and a value listed twice must not double it.
with

registered as (

    select
        device_id,
        count(*) as row_count
    from {{ ref('stg_cameras') }}
    group by device_id

),

listed as (

    select
        camera_id,
        count(*) as row_count
    from {{ ref('dim_cameras') }}
    group by camera_id

)

select
    coalesce(registered.device_id, listed.camera_id) as camera_id,
    listed.row_count as listed_count
from registered
full outer join listed on registered.device_id = listed.camera_id
where registered.row_count is distinct from listed.row_count
