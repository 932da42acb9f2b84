with

staged as (

    select * from {{ ref('stg_camera_views') }}

),

cameras as (

    select distinct device_id from {{ ref('stg_cameras') }}

),

final as (

    select
        {{ hash_id([
            'staged.device_id',
            'staged.site_id',
        ]) }} as camera_view_id,
        staged.delivery_sha256,
        staged.device_id as camera_id,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        staged.row_number,
        coalesce(staged.is_visible = 'yes', false) as is_visible,
        cameras.device_id is not null as is_known_camera,
        staged.verified_date
    from staged
    left join cameras on staged.device_id = cameras.device_id

)

select * from final
