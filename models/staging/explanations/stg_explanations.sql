with

explanations as (

    select * from {{ source('raw', 'explanations') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(object_id) as object_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(object_kind_name) as object_kind_name,
        trim(unit_name) as unit_name,
        trim(conclusion_name) as conclusion_name,
        trim(reason_text) as reason_text,
        trim(document_number) as document_number,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(issued_at as timestamp) as issued_at,
        cast(explained_at as timestamp) as explained_at,
        _received_at as received_at,
        min(case when explained_at is not null then _received_at end) over (
            partition by object_kind_name, object_id, issued_at
        ) as explained_reported_at
    from explanations
    where _reject_reasons is null
    qualify row_number() over (
        partition by object_kind_name, object_id, issued_at
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
