-- Guards natural persons: whatever fills the name of a power user, in the mart of accounts or of
-- alerts, is a name that ends as a legal person's does.
with

named as (

    select distinct power_user_name from {{ ref('dim_power_users') }}
    union
    select distinct power_user_name from {{ ref('fct_power_alerts') }}

),

patterns as (

    select * from {{ ref('organisation_names') }}
    where is_organisation

)

select named.power_user_name
from named
where
    named.power_user_name is not null
    and not exists (
        select patterns.name_pattern from patterns
        where named.power_user_name like patterns.name_pattern
    )
