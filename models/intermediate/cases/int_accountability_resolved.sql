with

staged as (

    select * from {{ ref('stg_accountability') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.accountability_id,
        staged.case_id,
        staged.file_name,
        staged.sheet_name,
        staged.action_text,
        staged.row_number,
        staged.person_count,
        staged.received_date,
        staged.closed_date,
        staged.published_date
    from staged

)

select * from final
