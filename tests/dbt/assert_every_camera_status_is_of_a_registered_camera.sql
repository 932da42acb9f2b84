-- Guards against statuses that no page shows: a device that the register lacks, or writes
-- otherwise, has statuses and no days. Nothing is wrong with the build then, so it only warns.
{{ config(severity = 'warn') }}

select
    status.device_id,
    count(*) as status_count
from {{ ref('stg_camera_status') }} as status
left join {{ ref('dim_cameras') }} as cameras on status.device_id = cameras.camera_id
where cameras.camera_id is null
group by status.device_id
