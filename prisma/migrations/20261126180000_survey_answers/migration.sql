-- The records of callers who answered a survey, found by the day without reading all others.
create index call_records_surveyed_idx on call_records (arrived_at)
  where facts @> '[{"type": "SurveyAnswered"}]'::jsonb;
