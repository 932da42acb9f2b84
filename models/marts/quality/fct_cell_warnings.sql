with

notes as (

    select * from {{ source('build', 'rejected_cells') }}

),

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

final as (

    select
        {{ hash_id([
            'notes.delivery_sha256', 'notes.feed_code', 'notes.sheet_name',
            'notes.row_number', 'notes.note_number',
        ]) }} as cell_warning_id,
        notes.delivery_sha256,
        notes.feed_code,
        notes.file_name,
        notes.sheet_name,
        deliveries.sender_name,
        notes.cell,
        notes.header_text,
        notes.reason_text,
        notes.row_number,
        notes.received_at
    from notes
    inner join deliveries
        on
            notes.delivery_sha256 = deliveries.delivery_sha256
            and notes.feed_code = deliveries.feed_code
    where notes.severity_code = 'warning'

)

select * from final
