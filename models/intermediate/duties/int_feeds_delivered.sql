with

deliveries as (

    select * from {{ source('build', 'deliveries') }}
    where outcome_code = 'used'

),

senders as (

    select * from {{ ref('int_senders_resolved') }}

),

final as (

    select distinct
        deliveries.feed_code,
        senders.unit_code,
        deliveries.received_at
    from deliveries
    inner join senders on deliveries.sender_name = senders.sender_name

)

select * from final
