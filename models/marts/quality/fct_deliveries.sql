with

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

senders as (

    select * from {{ ref('int_senders_resolved') }}

),

townships as (

    select
        township_code,
        township_name
    from {{ ref('dim_townships') }}
    where is_current

),

final as (

    select
        deliveries.delivery_sha256,
        deliveries.feed_code,
        deliveries.file_name,
        senders.unit_code as sender_unit_code,
        deliveries.sender_name,
        senders.township_code,
        townships.township_name,
        deliveries.outcome_code,
        deliveries.refusal_text,
        deliveries.skipped_text,
        deliveries.size_bytes,
        deliveries.read_count,
        deliveries.good_count,
        deliveries.rejected_count,
        deliveries.skipped_count,
        deliveries.warning_count,
        deliveries.form_count,
        deliveries.zero_report_count,
        -- Of an empty delivery no share can be told.
        case
            when deliveries.good_count + deliveries.rejected_count > 0
                then cast(round(
                    cast(deliveries.rejected_count as double) * 100
                    / (deliveries.good_count + deliveries.rejected_count), 2
                ) as decimal(5, 2))
        end as rejected_pct,
        deliveries.received_at
    from deliveries
    left join senders on deliveries.sender_name = senders.sender_name
    left join townships on senders.township_code = townships.township_code

)

select * from final
