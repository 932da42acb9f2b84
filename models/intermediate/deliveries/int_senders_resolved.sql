with

senders as (

    select distinct sender_name
    from {{ source('build', 'deliveries') }}
    where sender_name is not null

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

resolved as (

    select
        senders.sender_name,
        units.unit_code,
        units.township_code
    from senders
    inner join units on {{ normalised_place_name('senders.sender_name') }} = units.name_text

)

select * from resolved
