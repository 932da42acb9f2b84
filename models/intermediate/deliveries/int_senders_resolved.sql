with

senders as (

    select distinct sender_name
    from {{ source('build', 'deliveries') }}
    where sender_name is not null

),

unit_names as (

    select * from {{ ref('int_unit_names') }}

),

-- A name that two units bear names nobody.
resolved as (

    select
        senders.sender_name,
        min(unit_names.unit_code) as unit_code,
        min(unit_names.township_code) as township_code
    from senders
    inner join unit_names
        on {{ normalised_place_name('senders.sender_name') }} = unit_names.name_text
    group by senders.sender_name
    having count(distinct unit_names.unit_code) = 1

)

select * from resolved
