-- Nobody leaves a transaction open: rows deleted since it began can not be cleared away, and every claim of the outbox walks past
-- them. outbox.watch_snapshots tells a person of who does it all the same.
-- The Data API holds a transaction for one call; whoever works in SQL or Metabase may stop to think in between.
alter role authenticator set idle_in_transaction_session_timeout = '15s';
alter role analyst set idle_in_transaction_session_timeout = '5min';
