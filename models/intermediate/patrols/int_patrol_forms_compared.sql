with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

stated as (

    select * from {{ ref('int_patrol_form_periods_stated') }}

),

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

-- A form that lacks its date is told apart by the period it states; one that lacks both is compared
-- with none, for another month's form would replace it.
keyed as (

    select
        forms.form_id,
        forms.delivery_sha256,
        forms.unit_key,
        forms.patrol_level_code,
        forms.file_name,
        forms.file_stem,
        -- A tab that the program named says nothing.
        nullif(
            regexp_replace(forms.sheet_name, '^((Sheet|sheet|工作表|表)[ ]?[0-9]*)$', ''), ''
        ) as sheet_title,
        forms.is_zero_report,
        forms.received_at,
        coalesce(
            cast(forms.filled_date as varchar),
            stated.period_kind_code || cast(stated.period_start_date as varchar)
        ) as date_key
    from forms
    left join stated on forms.form_id = stated.form_id

),

paired as (

    select
        earlier.form_id,
        later.form_id as later_form_id,
        coalesce(earlier.sheet_title = later.sheet_title, false)
        or coalesce(earlier.file_stem = later.file_stem, false)
        or (earlier.is_zero_report and later.is_zero_report) as is_alike
    from keyed as earlier
    inner join keyed as later
        on
            earlier.unit_key = later.unit_key
            and earlier.patrol_level_code = later.patrol_level_code
            and earlier.date_key = later.date_key
            and (
                earlier.received_at < later.received_at
                or (
                    earlier.received_at = later.received_at
                    and earlier.file_name < later.file_name
                )
                or (
                    earlier.received_at = later.received_at
                    and earlier.file_name = later.file_name
                    and earlier.delivery_sha256 < later.delivery_sha256
                )
            )

),

locations as (

    select distinct
        form_id,
        {{ normalised_place_name('location_text') }} as location_key
    from lines

),

-- Of the earlier form's locations, for they are what would be lost.
shared as (

    select
        paired.form_id,
        paired.later_form_id,
        count(later.location_key) >= {{ setting('form_overlap_share') }} * count(*) as is_repeated
    from paired
    inner join locations as earlier on paired.form_id = earlier.form_id
    left join locations as later
        on
            paired.later_form_id = later.form_id
            and earlier.location_key = later.location_key
    group by paired.form_id, paired.later_form_id

),

final as (

    select
        paired.form_id,
        paired.later_form_id,
        paired.is_alike or coalesce(shared.is_repeated, false) as is_replaced
    from paired
    left join shared
        on
            paired.form_id = shared.form_id
            and paired.later_form_id = shared.later_form_id

)

select * from final
