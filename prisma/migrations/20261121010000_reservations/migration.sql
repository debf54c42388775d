-- What holds need beside their rows: the trace of the order for the events of their end, an index
-- that finds an item's overdue holds first, and the answer to repeat for a repeated request.

ALTER TABLE reservations ADD COLUMN correlation_id text NOT NULL DEFAULT '';
ALTER TABLE reservations ALTER COLUMN correlation_id DROP DEFAULT;

DROP INDEX reservations_pending_item_idx;
CREATE INDEX reservations_pending_item_idx ON reservations (item_id, expires_at)
  WHERE status = 'PENDING';

ALTER TABLE inbox_messages ADD COLUMN result jsonb;
