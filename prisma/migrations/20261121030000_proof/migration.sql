-- The proof that stock adds up: what of an item's movements was counted already, what differs, and
-- the last answer, for every replica to give.

-- The writing transaction, as events have it. NULL: written before there was a proof. Baselines are
-- the only changes of stock without an event, and few, so that this index costs next to nothing.
ALTER TABLE stock_movements ADD COLUMN xid xid8;
ALTER TABLE stock_movements ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
CREATE INDEX stock_movements_baseline_xid_idx ON stock_movements (xid) WHERE reason = 'baseline';

-- One row per item of which something is worth keeping. No foreign key: a proof never waits for a
-- writer, nor a writer for a proof.
CREATE TABLE stock_proofs (
  item_id uuid NOT NULL,
  -- The sum of the movements up to this one, dropped ones included.
  movement_total bigint NOT NULL DEFAULT 0,
  through_movement_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  -- The sum of the movements that retention has dropped, and the bound of their ids.
  archived_total bigint NOT NULL DEFAULT 0,
  archived_through uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  -- The drift that stands, with its message id; NULL: the item adds up.
  drift_id uuid,
  on_hand_difference bigint NOT NULL DEFAULT 0,
  reserved_difference bigint NOT NULL DEFAULT 0,
  drift_found_at timestamptz(3),
  drift_reported_at timestamptz(3),
  CONSTRAINT stock_proofs_pkey PRIMARY KEY (item_id)
) WITH (fillfactor = 70);
CREATE INDEX stock_proofs_drift_idx ON stock_proofs (item_id) WHERE drift_id IS NOT NULL;

CREATE TABLE proof_state (
  id smallint NOT NULL DEFAULT 1,
  -- What became visible since was not looked at. NULL: nothing was.
  snapshot text,
  -- When every item had been checked last.
  full_finished_at timestamptz(3),
  -- The last run, as it is answered.
  result jsonb,
  CONSTRAINT proof_state_pkey PRIMARY KEY (id),
  CONSTRAINT proof_state_id_check CHECK (id = 1)
);
INSERT INTO proof_state DEFAULT VALUES;
