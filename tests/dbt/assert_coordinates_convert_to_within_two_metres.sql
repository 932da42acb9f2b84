-- Guards macros/wgs84.sql against the example that the map provider publishes for its own
-- systems, and distance_m against a known length: one degree of a meridian is 111,195 m.
with

examples as (

    select
        'GCJ-02' as crs_name,
        cast(120.026268 as double) as longitude,
        cast(30.279164 as double) as latitude,
        cast(120.021519 as double) as wgs84_longitude,
        cast(30.281543 as double) as wgs84_latitude
    union all
    select
        'BD-09' as crs_name,
        120.032768 as longitude,
        30.285238 as latitude,
        120.021519 as wgs84_longitude,
        30.281543 as wgs84_latitude

),

converted as (

    select
        crs_name,
        wgs84_longitude,
        wgs84_latitude,
        {{ wgs84_longitude('longitude', 'latitude', 'crs_name') }} as found_longitude,
        {{ wgs84_latitude('longitude', 'latitude', 'crs_name') }} as found_latitude
    from examples

),

measured as (

    select
        crs_name as case_name,
        {{ distance_m(
            'found_longitude', 'found_latitude', 'wgs84_longitude', 'wgs84_latitude'
        ) }} as error_m
    from converted
    union all
    select
        'one degree of a meridian' as case_name,
        abs({{ distance_m('111e0', '39e0', '111e0', '40e0') }} - 111195) as error_m

)

select * from measured
where error_m is null or error_m >= 2
