{#- Count, median and median absolute deviation (never scaled) of the values that the same meter had on the
    days before this one: those of the partition whose day number is smaller by 1 to `days`, a column. The
    day itself is never among them. Missing values are no history; without any the last two are null. -#}
{% macro count_before(value, partition_by, day_number, days) -%}
    {{ return(adapter.dispatch('count_before')(value, partition_by, day_number, days)) }}
{%- endmacro %}

{% macro default__count_before(value, partition_by, day_number, days) -%}
    count({{ value }}) over ({{ default__days_before(partition_by, day_number, days) }})
{%- endmacro %}

{% macro spark__count_before(value, partition_by, day_number, days) -%}
    size({{ spark__values_before(value, partition_by, day_number, days) }})
{%- endmacro %}

{% macro median_before(value, partition_by, day_number, days) -%}
    {{ return(adapter.dispatch('median_before')(value, partition_by, day_number, days)) }}
{%- endmacro %}

{% macro default__median_before(value, partition_by, day_number, days) -%}
    median({{ value }}) over ({{ default__days_before(partition_by, day_number, days) }})
{%- endmacro %}

{% macro spark__median_before(value, partition_by, day_number, days) -%}
    {{ spark__median_of_list(spark__values_before(value, partition_by, day_number, days)) }}
{%- endmacro %}

{% macro mad_before(value, partition_by, day_number, days) -%}
    {{ return(adapter.dispatch('mad_before')(value, partition_by, day_number, days)) }}
{%- endmacro %}

{% macro default__mad_before(value, partition_by, day_number, days) -%}
    mad({{ value }}) over ({{ default__days_before(partition_by, day_number, days) }})
{%- endmacro %}

{% macro spark__mad_before(value, partition_by, day_number, days) -%}
    {%- set values = spark__values_before(value, partition_by, day_number, days) -%}
    {%- set median = spark__median_before(value, partition_by, day_number, days) -%}
    {{ spark__median_of_list('transform(' ~ values ~ ', one -> abs(one - ' ~ median ~ '))') }}
{%- endmacro %}

{% macro default__days_before(partition_by, day_number, days) -%}
    partition by {{ partition_by }} order by {{ day_number }}
    range between {{ days }} preceding and 1 preceding
{%- endmacro %}

{#- Spark's frames take constants only: all earlier days are collected, and those too old left out. -#}
{% macro spark__values_before(value, partition_by, day_number, days) -%}
    transform(
        filter(
            collect_list(
                case
                    when {{ value }} is not null
                        then named_struct('day', {{ day_number }}, 'value', {{ value }})
                end
            ) over (
                partition by {{ partition_by }} order by {{ day_number }}
                range between unbounded preceding and 1 preceding
            ),
            earlier -> earlier.day >= {{ day_number }} - {{ days }}
        ),
        earlier -> earlier.value
    )
{%- endmacro %}

{% macro spark__median_of_list(values) -%}
    transform(
        array(array_sort({{ values }})),
        ordered -> case
            when size(ordered) > 0
                then (
                    element_at(ordered, cast(floor((size(ordered) + 1) / 2) as int))
                    + element_at(ordered, cast(floor((size(ordered) + 2) / 2) as int))
                ) / 2
        end
    )[0]
{%- endmacro %}
