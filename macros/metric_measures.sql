{#- How each metric of seeds/metrics.csv is counted: a mart, the day a row counts on, and what it counts for.
    One list for counting (rpt_metric_counts) and for telling how it was counted (dim_metrics).

    For a relation: `township` and `unit` are its columns of those (none: it has none), `date` the day of a
    flow; `during`, instead, is true of a row that is in stock on `snapshot_date`. For a metric: `counts` is
    what a row adds to the numerator (1), `whole` what it adds to the denominator (none: not a share), `where`
    which rows count; and any of the relation's again, where it differs. -#}
{% macro metric_measures() -%}
    {%- set unjudged = "status not in ('open', 'waived') and not is_restricted" -%}
    {%- set met = "case when status = 'met' then 1 else 0 end" -%}
    {%- set steps = "is_known_case and not is_after_as_of and amount_yuan > 0" -%}
    {%- set groups = [
        {'relation': 'fct_obligations', 'township': 'township_code', 'unit': 'owing_unit_code',
            'date': 'due_date', 'metrics': {
            'meetings_met': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M01'"},
            'sponsor_visits_met': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M02'"},
            'patrols_village_met': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M03'"},
            'patrols_township_met': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M04'"},
            'patrols_county_met': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M05'"},
            'obligations_met': {'counts': met, 'whole': 1, 'where': unjudged},
            'obligations_overdue': {'where': "status in ('overdue', 'no_report') and not is_restricted"},
            'clues_in_time': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'M19'"},
            'cases_decided_in_time': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'C01'"},
            'police_transfers_in_time':
                {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code in ('T01', 'T02')"},
            'video_verified_in_time': {'counts': met, 'whole': 1, 'where': unjudged ~ " and rule_code = 'V01'"},
        }},
        {'relation': 'fct_meetings', 'unit': 'group_unit_code', 'date': 'meeting_date', 'metrics': {
            'meetings_held': {},
            'decisions_made': {'counts': 'coalesce(decision_count, 0)'},
            'decisions_closed': {
                'counts': 'least(coalesce(closed_count, 0), decision_count)', 'whole': 'decision_count',
                'where': 'decision_count > 0',
            },
        }},
        {'relation': 'fct_measures', 'unit': 'unit_code', 'date': 'completed_date', 'metrics': {
            'groups_established': {'where': "measure_item_code = 'group'"},
        }},
        {'relation': 'fct_sponsor_visits', 'township': 'township_code', 'date': 'visit_date', 'metrics': {
            'sponsor_visits': {},
            'sponsor_visits_unannounced': {
                'counts': "case when visit_method_code in ('surprise', 'undercover') then 1 else 0 end",
                'whole': 1, 'where': "visit_method_code <> 'none'",
            },
            'sponsor_problems_found': {'counts': 'coalesce(problem_count, 0)'},
            'sponsor_problems_rectified': {
                'counts': 'least(coalesce(rectified_count, 0), problem_count)', 'whole': 'problem_count',
                'where': 'problem_count > 0',
            },
        }},
        {'relation': 'dim_sites', 'township': 'township_code', 'during': "
                valid_from_at < snapshot_date + interval '1' day
                and coalesce(valid_to_at >= snapshot_date + interval '1' day, true)
                and coalesce(registered_date <= snapshot_date, true)
                and coalesce(deregistered_date > snapshot_date, true)", 'metrics': {
            'sites_registered': {},
            'sites_complete': {'counts': 'case when is_register_complete then 1 else 0 end', 'whole': 1},
            'key_sites_visible': {
                'counts': 'case when first_visible_date <= snapshot_date then 1 else 0 end', 'whole': 1,
                'where': 'is_key_area',
            },
        }},
        {'relation': 'dim_projects', 'township': 'township_code',
            'during': 'start_date <= snapshot_date and coalesce(end_date > snapshot_date, true)', 'metrics': {
            'projects_in_order': {'counts': 'case when is_in_order then 1 else 0 end', 'whole': 1},
        }},
        {'relation': 'fct_patrols', 'township': 'township_code', 'unit': 'reporting_unit_code',
            'date': 'patrol_date', 'metrics': {
            'patrol_lines': {},
            'patrol_findings': {'where': 'has_finding'},
            'patrol_lines_copied': {'counts': 'case when is_carried_over then 1 else 0 end', 'whole': 1},
        }},
        {'relation': 'fct_patrol_forms', 'township': 'township_code', 'unit': 'reporting_unit_code',
            'date': 'reported_at', 'metrics': {
            'ledger_forms': {'where': 'not is_superseded'},
            'ledger_zero_reports': {'where': 'not is_superseded and is_zero_report'},
        }},
        {'relation': 'fct_transfers', 'unit': 'to_unit_code', 'date': 'transferred_at', 'metrics': {
            'transfers_made': {'unit': 'from_unit_code', 'where': 'not is_about_officials'},
            'transfers_acknowledged': {
                'counts': 'case when is_acknowledged or is_answered then 1 else 0 end', 'whole': 1,
                'where': 'not is_about_officials',
            },
            'transfers_answered': {
                'counts': 'case when is_answered then 1 else 0 end', 'whole': 1,
                'where': 'not is_about_officials',
            },
        }},
        {'relation': 'fct_joint_operations', 'unit': 'lead_unit_code', 'date': 'operation_date', 'metrics': {
            'joint_operations': {},
            'joint_operation_people': {'counts': 'coalesce(person_count, 0)'},
            'joint_operation_vehicles': {'counts': 'coalesce(vehicle_count, 0)'},
            'joint_operation_sites': {'counts': 'coalesce(checked_site_count, 0)'},
        }},
        {'relation': 'fct_agency_checks', 'township': 'township_code', 'unit': 'unit_code', 'date': 'check_date',
            'metrics': {
            'agency_checks': {},
            'agency_check_findings': {'where': 'has_finding'},
        }},
        {'relation': 'fct_enterprise_reports', 'township': 'township_code', 'unit': 'enterprise_unit_code',
            'date': 'reported_at', 'metrics': {
            'enterprise_reports': {},
        }},
        {'relation': 'fct_capacity', 'unit': 'unit_code',
            'during': 'counted_date <= snapshot_date and coalesce(superseded_date > snapshot_date, true)',
            'metrics': {
            'posts_filled':
                {'counts': 'staff_count', 'whole': 'post_count', 'where': 'post_count > 0 and staff_count >= 0'},
            'vehicles_provided': {
                'counts': 'vehicle_count', 'whole': 'vehicle_due_count',
                'where': 'vehicle_due_count > 0 and vehicle_count >= 0',
            },
            'equipment_provided': {
                'counts': 'equipment_count', 'whole': 'equipment_due_count',
                'where': 'equipment_due_count > 0 and equipment_count >= 0',
            },
            'budget_paid': {
                'counts': 'paid_wanyuan', 'whole': 'budget_wanyuan',
                'where': 'budget_wanyuan > 0 and paid_wanyuan >= 0',
            },
        }},
        {'relation': 'fct_clues', 'township': 'township_code', 'date': 'received_date', 'metrics': {
            'clues_received': {},
            'clues_verified': {'counts': 'case when is_verified then 1 else 0 end', 'whole': 1},
            'clues_confirmed':
                {'counts': 'case when is_confirmed then 1 else 0 end', 'whole': 1, 'where': 'is_verified'},
            'clues_with_case': {'where': 'has_case'},
            'confirmed_clues_with_case':
                {'counts': 'case when has_case then 1 else 0 end', 'whole': 1, 'where': 'is_confirmed'},
        }},
        {'relation': 'fct_cases', 'township': 'township_code', 'unit': 'handling_unit_code',
            'date': 'discovered_date', 'metrics': {
            'cases_discovered': {},
            'cases_filed': {'date': 'filed_at'},
            'cases_decided': {'date': 'decided_at'},
            'cases_closed': {'date': 'closed_at'},
            'discipline_transfers': {'date': 'discipline_transferred_at'},
            'cases_with_investigator':
                {'counts': 'case when has_named_investigator then 1 else 0 end', 'whole': 1},
            'closed_cases_published':
                {'counts': 'case when is_published then 1 else 0 end', 'whole': 1, 'date': 'closed_at'},
            'police_transfers': {'date': 'transferred_at'},
            'police_filings': {'date': 'police_filed_at'},
            'cases_electricity_checked':
                {'counts': 'case when is_electricity_checked then 1 else 0 end', 'whole': 1},
            'cases_found_by_patrol':
                {'counts': "case when clue_source_code = 'patrol' then 1 else 0 end", 'whole': 1},
        }},
        {'relation': 'fct_cases', 'township': 'township_code', 'unit': 'handling_unit_code', 'during': "
                discovered_date <= snapshot_date
                and coalesce(ended_at >= snapshot_date + interval '1' day, true)", 'metrics': {
            'cases_open': {},
            'cases_supervised': {'where': 'is_supervised'},
        }},
        {'relation': 'fct_case_events', 'township': 'township_code', 'unit': 'handling_unit_code',
            'date': 'occurred_at', 'metrics': {
            'fines_imposed': {'counts': 'amount_yuan', 'where': steps ~ " and state_code = 'DECISION'"},
            'fines_paid': {'counts': 'amount_yuan', 'where': steps ~ " and state_code = 'EXECUTE'"},
        }},
        {'relation': 'fct_accountability', 'date': 'closed_date', 'metrics': {
            'accountability_matters': {},
        }},
        {'relation': 'fct_credit_entries', 'date': 'entered_date', 'metrics': {
            'credit_entries': {},
        }},
        {'relation': 'fct_camera_days', 'township': 'township_code', 'date': 'camera_date', 'metrics': {
            'cameras_online': {
                'counts': 'online_minutes', 'whole': 'online_minutes + offline_minutes',
                'where': 'online_minutes + offline_minutes > 0',
            },
            'camera_silent_days': {'where': 'is_silent'},
        }},
        {'relation': 'fct_video_events', 'township': 'township_code', 'date': 'event_date', 'metrics': {
            'video_events': {'where': 'not is_device_fault and not has_clock_error'},
            'video_verified': {
                'counts': 'case when is_verified then 1 else 0 end', 'whole': 1,
                'where': 'not is_device_fault and not has_clock_error',
            },
            'video_false_alarms': {
                'counts': "case when verification_code = 'false_alarm' then 1 else 0 end", 'whole': 1,
                'where': 'not is_device_fault and not has_clock_error and is_verified',
            },
        }},
        {'relation': 'dim_cameras', 'township': 'township_code',
            'during': "listed_at < snapshot_date + interval '1' day", 'metrics': {
            'cameras_planned': {},
            'cameras_built': {
                'counts': 'case when service_from_date <= snapshot_date then 1 else 0 end', 'whole': 1,
            },
        }},
        {'relation': 'fct_milestones', 'township': 'township_code', 'date': 'planned_date', 'metrics': {
            'milestones_done':
                {'counts': 'case when is_done then 1 else 0 end', 'whole': 1, 'where': 'is_latest'},
        }},
        {'relation': 'dim_power_users', 'township': 'township_code', 'during': "
                valid_from_at < snapshot_date + interval '1' day
                and coalesce(valid_to_at >= snapshot_date + interval '1' day, true)", 'metrics': {
            'key_power_users': {'where': 'is_key_monitored'},
        }},
        {'relation': 'fct_grid_applications', 'township': 'township_code', 'date': 'accepted_date', 'metrics': {
            'grid_applications': {},
            'grid_commitments': {'counts': 'case when has_commitment then 1 else 0 end', 'whole': 1},
            'grid_unlicensed': {'where': 'is_supplied_without_licence'},
        }},
        {'relation': 'fct_power_days', 'date': 'reading_date', 'metrics': {
            'meter_days_complete': {'counts': 'case when is_complete then 1 else 0 end', 'whole': 1},
        }},
        {'relation': 'fct_power_alerts', 'township': 'township_code', 'date': 'alert_date',
            'where': "source_code = 'company'", 'metrics': {
            'power_alerts': {},
            'power_alerts_checked': {'counts': 'case when is_checked then 1 else 0 end', 'whole': 1},
            'power_alerts_fed_back': {'counts': 'case when is_fed_back then 1 else 0 end', 'whole': 1},
            'power_alerts_confirmed': {'where': "source_code = 'company' and is_confirmed"},
            'supply_stopped': {'date': 'stopped_at'},
        }},
        {'relation': 'fct_watchlist', 'unit': 'submitting_unit_code', 'date': 'submitted_date', 'metrics': {
            'watchlist_entries': {},
            'watchlist_fed_back': {'counts': 'case when is_fed_back then 1 else 0 end', 'whole': 1},
        }},
        {'relation': 'fct_publicity', 'unit': 'unit_code', 'date': 'published_date', 'metrics': {
            'campaigns': {'where': "is_published and publicity_kind_code = 'campaign'"},
            'typical_cases': {'where': "is_published and publicity_kind_code = 'typical_case'"},
        }},
        {'relation': 'fct_rewards', 'date': 'recognised_date', 'metrics': {
            'rewards_recognised': {'where': 'not is_refused'},
            'rewards_in_full':
                {'counts': 'case when is_paid_in_full then 1 else 0 end', 'whole': 1, 'where': 'not is_refused'},
            'rewards_paid_yuan': {'counts': 'coalesce(paid_yuan, 0)', 'date': 'paid_date'},
        }},
        {'relation': 'fct_commendations', 'unit': 'unit_code', 'date': 'commendation_date', 'metrics': {
            'commendations': {},
        }},
        {'relation': 'fct_inspections', 'township': 'township_code', 'unit': 'inspected_unit_code',
            'date': 'inspection_date', 'metrics': {
            'inspections': {},
            'inspection_problems': {'where': 'has_problem'},
            'inspection_problems_rectified':
                {'counts': 'case when is_rectified then 1 else 0 end', 'whole': 1, 'where': 'has_problem'},
        }},
        {'relation': 'dim_units', 'township': 'township_code', 'unit': 'unit_code',
            'during': 'valid_from_date <= snapshot_date and coalesce(valid_to_date > snapshot_date, true)',
            'metrics': {
            'duty_units': {'where': "unit_kind_code = 'leading_group'"},
        }},
    ] -%}
    {%- set measures = [] -%}
    {%- for group in groups -%}
        {%- for metric_code, measure in group.metrics.items() -%}
            {%- do measures.append(dict(group, metric_code=metric_code, **measure)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(measures) -%}
{%- endmacro %}
