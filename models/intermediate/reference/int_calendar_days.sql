with

digits as (

    select listed.digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as listed (digit)

),

-- Cross joins instead of generate_series, for which the engines share no spelling.
numbered as (

    select
        ten_thousands.digit * 10000 + thousands.digit * 1000 + hundreds.digit * 100
        + tens.digit * 10 + ones.digit as day_number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
    where ten_thousands.digit < 2

),

dated as (

    select
        cast(day_number as bigint) as day_number,
        cast(date '2010-01-01' + day_number * interval '1' day as date) as calendar_date
    from numbered

),

final as (

    select * from dated
    where calendar_date <= date '2037-12-31'

)

select * from final
