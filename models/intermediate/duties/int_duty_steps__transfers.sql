with

transfers as (

    select * from {{ ref('int_transfers_resolved') }}

),

reports as (

    select * from {{ ref('stg_transfers') }}

),

-- What concerns officials is a matter of its own, under rules of its own.
things as (

    select
        case transfers.transfer_kind_code
            when 'official' then 'official_transfer'
            else 'transfer'
        end as subject_type,
        transfers.transfer_id as subject_id,
        transfers.to_unit_code as unit_code,
        cast(null as varchar) as township_code,
        'transfer' as evidence_type,
        transfers.transfer_id as evidence_id,
        transfers.transfer_kind_name as subject_name,
        cast(null as date) as stated_due_date,
        transfers.transferred_at,
        transfers.acknowledged_at,
        transfers.answered_at,
        reports.first_received_at,
        reports.acknowledged_reported_at,
        reports.answered_reported_at
    from transfers
    inner join reports on transfers.transfer_id = reports.transfer_id

),

final as (

    {{ steps_taken('things', [
        ('transferred', 'transferred_at is not null', 'transferred_at', 'first_received_at'),
        ('acknowledged', 'acknowledged_at is not null', 'acknowledged_at', 'acknowledged_reported_at'),
        ('answered', 'answered_at is not null', 'answered_at', 'answered_reported_at'),
    ]) }}

)

select * from final
