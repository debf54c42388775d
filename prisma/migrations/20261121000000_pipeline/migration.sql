-- The stock ledger, its audit log and its outbox.
-- Missing variants and warehouses are the nil UUID in stock_items, so that a plain unique index
-- identifies an item; the audit log shows them as NULL.

CREATE TYPE stock_status AS ENUM ('IN_STOCK', 'LOW_STOCK', 'OUT_OF_STOCK', 'DISCONTINUED');
CREATE TYPE movement_type AS ENUM ('INBOUND', 'OUTBOUND', 'ADJUSTMENT', 'TRANSFER', 'RETURN', 'DAMAGE');
CREATE TYPE reservation_status AS ENUM ('PENDING', 'COMMITTED', 'CANCELLED', 'EXPIRED');
CREATE TYPE threshold_source AS ENUM ('message', 'item', 'rule', 'default');

CREATE TABLE warehouses (
  id uuid NOT NULL,
  code varchar(20) NOT NULL,
  name varchar(255) NOT NULL,
  address varchar(500),
  city varchar(100),
  state varchar(100),
  country varchar(100),
  postal_code varchar(20),
  region varchar(50),
  is_active boolean NOT NULL DEFAULT true,
  priority integer NOT NULL DEFAULT 1,
  latitude double precision,
  longitude double precision,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT warehouses_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX warehouses_code_key ON warehouses (code);
CREATE INDEX warehouses_region_idx ON warehouses (region);

-- Counters stand in no index and pages keep room, so that updates stay HOT.
CREATE TABLE stock_items (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  variant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  warehouse_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  sku varchar(100),
  on_hand integer NOT NULL DEFAULT 0,
  reserved integer NOT NULL DEFAULT 0,
  status stock_status NOT NULL DEFAULT 'OUT_OF_STOCK',
  low_stock_threshold integer,
  reorder_point integer NOT NULL DEFAULT 10,
  reorder_quantity integer NOT NULL DEFAULT 50,
  sequence bigint NOT NULL DEFAULT 0,
  baselined boolean NOT NULL DEFAULT false,
  source_sequence bigint,
  source_occurred_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT stock_items_pkey PRIMARY KEY (id),
  CONSTRAINT stock_items_reserved_check CHECK (reserved >= 0),
  CONSTRAINT stock_items_available_check CHECK (on_hand - reserved >= 0),
  CONSTRAINT stock_items_low_stock_threshold_check CHECK (low_stock_threshold >= 0)
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX stock_items_item_key ON stock_items (product_id, variant_id, warehouse_id);
CREATE INDEX stock_items_sku_idx ON stock_items (sku);
CREATE INDEX stock_items_warehouse_id_idx ON stock_items (warehouse_id);

-- NULL product and warehouse mean any. The most specific active rule wins.
CREATE TABLE threshold_rules (
  id uuid NOT NULL,
  product_id uuid,
  warehouse_id uuid,
  low_stock_threshold integer NOT NULL,
  hysteresis integer NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT threshold_rules_pkey PRIMARY KEY (id),
  CONSTRAINT threshold_rules_low_stock_threshold_check CHECK (low_stock_threshold >= 0),
  CONSTRAINT threshold_rules_hysteresis_check CHECK (hysteresis >= 0)
);
CREATE UNIQUE INDEX threshold_rules_scope_key
  ON threshold_rules (product_id, warehouse_id) NULLS NOT DISTINCT WHERE is_active;

CREATE TABLE reservations (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  item_id uuid NOT NULL,
  quantity integer NOT NULL,
  status reservation_status NOT NULL,
  user_id uuid,
  reserved_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  committed_at timestamptz(3),
  cancelled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT reservations_pkey PRIMARY KEY (id),
  CONSTRAINT reservations_quantity_check CHECK (quantity > 0),
  CONSTRAINT reservations_item_id_fkey FOREIGN KEY (item_id) REFERENCES stock_items (id)
);
CREATE INDEX reservations_order_id_idx ON reservations (order_id);
CREATE INDEX reservations_pending_item_idx ON reservations (item_id) WHERE status = 'PENDING';
CREATE INDEX reservations_pending_expiry_idx ON reservations (expires_at) WHERE status = 'PENDING';

-- Partitioned by the UUIDv7 id: the id alone stays the primary key, and a range of time is a range
-- of ids. No foreign key to the item: partitions are dropped, items are not, and every row is
-- written in the transaction that locked its item. Indexed text compares by bytes (COLLATE "C"):
-- half the cost of keeping the indexes.
CREATE TABLE stock_movements (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  type movement_type NOT NULL,
  quantity integer NOT NULL,
  quantity_after integer NOT NULL,
  reason varchar(255),
  reference varchar(100),
  performed_by uuid,
  cause_message_id uuid,
  reported_previous_quantity integer,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT stock_movements_pkey PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX stock_movements_item_id_idx ON stock_movements (item_id, id);

CREATE TABLE inventory_events (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  variant_id uuid,
  warehouse_id uuid,
  item_id uuid NOT NULL,
  sku varchar(100) COLLATE "C",
  event_type text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  previous_quantity integer,
  new_quantity integer,
  low_stock_threshold integer,
  threshold_source threshold_source,
  rule_id uuid,
  cause text NOT NULL,
  cause_message_id uuid,
  correlation_id text COLLATE "C" NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- The writing transaction: live readers take what became visible between two snapshots.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT inventory_events_pkey PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX inventory_events_product_id_idx ON inventory_events (product_id, id);
CREATE INDEX inventory_events_event_type_idx ON inventory_events (event_type, id);
CREATE INDEX inventory_events_correlation_id_idx ON inventory_events (correlation_id, id);
CREATE INDEX inventory_events_sku_idx ON inventory_events (sku, id) WHERE sku IS NOT NULL;
CREATE INDEX inventory_events_xid_idx ON inventory_events (xid);

-- A period is seven days, and the partition: within it the key makes a message id unique.
CREATE TABLE inbox_messages (
  message_id uuid NOT NULL,
  period date NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  source text NOT NULL,
  body_hash bytea NOT NULL,
  outcome text NOT NULL,
  correlation_id text,
  CONSTRAINT inbox_messages_pkey PRIMARY KEY (message_id, period)
) PARTITION BY RANGE (period);

-- Messages that are being tried alone because they may be what crashes their process.
CREATE TABLE suspect_messages (
  key bytea NOT NULL,
  attempts integer NOT NULL,
  seen_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT suspect_messages_pkey PRIMARY KEY (key)
);

-- Pending rows only: insert, confirm, delete. `position` is drawn while the item's row is locked:
-- per item, position order = sequence order = commit order.
CREATE TABLE outbox_messages (
  position bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  partition smallint NOT NULL,
  item_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  routing_key text NOT NULL,
  correlation_id text NOT NULL,
  payload text NOT NULL,
  traceparent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  last_error text,
  CONSTRAINT outbox_messages_pkey PRIMARY KEY (position)
) WITH (
  autovacuum_vacuum_scale_factor = 0.0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0.0,
  autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.0,
  autovacuum_analyze_threshold = 50000
);
CREATE INDEX outbox_messages_xid_idx ON outbox_messages (xid);
ALTER TABLE outbox_messages ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE TABLE outbox_parked (
  id uuid NOT NULL,
  partition smallint NOT NULL,
  item_id uuid NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  routing_key text NOT NULL,
  correlation_id text NOT NULL,
  payload text NOT NULL,
  traceparent text,
  created_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL,
  error_code text NOT NULL,
  error_message text NOT NULL,
  parked_at timestamptz(3) NOT NULL DEFAULT now(),
  redriven_at timestamptz(3),
  CONSTRAINT outbox_parked_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_parked_parked_at_idx ON outbox_parked (parked_at, id);
CREATE INDEX outbox_parked_item_id_idx ON outbox_parked (item_id);

-- The smallest UUIDv7 of a millisecond: turns bounds of time into bounds of ids.
CREATE FUNCTION uuid_v7_floor(at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (
    substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-000000000000'
  )::uuid
  FROM (SELECT lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') AS hex) AS ms
$$;

-- Makes the partitions of one table from `since` up to `until`, each `step` wide and aligned to the
-- epoch (UTC). One session at a time: callers hold a lock.
CREATE FUNCTION ensure_time_partitions(
  parent regclass, step interval, since timestamptz, until timestamptz
) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  width bigint := extract(epoch FROM step)::bigint;
  lower_at timestamptz;
  upper_at timestamptz;
  start_epoch bigint := (extract(epoch FROM since)::bigint / width) * width;
  name text;
  parent_name text := (SELECT relname FROM pg_class WHERE oid = parent);
  by_id boolean;
  lower_bound text;
  upper_bound text;
  made integer := 0;
BEGIN
  SELECT a.atttypid = 'uuid'::regtype INTO by_id
    FROM pg_partitioned_table p
    JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
    WHERE p.partrelid = parent;
  LOOP
    lower_at := to_timestamp(start_epoch);
    EXIT WHEN lower_at >= until;
    upper_at := to_timestamp(start_epoch + width);
    name := parent_name || '_' || to_char(lower_at AT TIME ZONE 'UTC', 'YYYYMMDD"t"HH24MI');
    IF to_regclass(format('%I', name)) IS NULL THEN
      IF by_id THEN
        lower_bound := uuid_v7_floor(lower_at);
        upper_bound := uuid_v7_floor(upper_at);
      ELSE
        lower_bound := (lower_at AT TIME ZONE 'UTC')::date;
        upper_bound := (upper_at AT TIME ZONE 'UTC')::date;
      END IF;
      EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
        name, parent, lower_bound, upper_bound);
      made := made + 1;
    END IF;
    start_epoch := start_epoch + width;
  END LOOP;
  RETURN made;
END
$$;

SELECT ensure_time_partitions('stock_movements', interval '7 days', now() - interval '1 day', now() + interval '21 days');
SELECT ensure_time_partitions('inventory_events', interval '7 days', now() - interval '1 day', now() + interval '21 days');
SELECT ensure_time_partitions('inbox_messages', interval '7 days', now() - interval '1 day', now() + interval '21 days');
