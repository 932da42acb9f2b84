with

staged as (

    select * from {{ ref('stg_meetings') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

meeting_kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'meeting_kind'

),

final as (

    select
        {{ hash_id([
            'staged.group_name',
            'staged.meeting_date',
        ]) }} as meeting_id,
        staged.delivery_sha256,
        staged.file_name,
        staged.sheet_name,
        staged.minutes_number,
        group_units.unit_code as group_unit_code,
        coalesce(group_units.unit_name, staged.group_name) as group_unit_name,
        case
            when staged.kind_name is null then 'none'
            else coalesce(meeting_kinds.value_code, 'other')
        end as meeting_kind_code,
        coalesce(meeting_kinds.value_name, staged.kind_name) as meeting_kind_name,
        staged.row_number,
        staged.decision_count,
        staged.closed_count,
        staged.meeting_date,
        staged.first_received_at as reported_at
    from staged
    left join unit_names as group_units
        on {{ normalised_place_name('staged.group_name') }} = group_units.name_text
    left join meeting_kinds
        on {{ normalised_place_name('staged.kind_name') }} = meeting_kinds.name_text

)

select * from final
