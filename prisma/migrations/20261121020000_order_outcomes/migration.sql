-- Order events that came before the order they are about, and orders whose reservation was refused:
-- what an event of an order has to know beside the holds. A row is deleted by the event that takes
-- it up; what is left behind is deleted after days, a few at a time, by its age.

CREATE TYPE order_outcome AS ENUM ('COMMIT', 'CANCEL', 'RESTOCK', 'REFUSED');

CREATE TABLE order_outcomes (
  -- The order of arrival: drawn while the order is locked.
  position bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
  order_id uuid NOT NULL,
  outcome order_outcome NOT NULL,
  message_id uuid NOT NULL,
  source text NOT NULL,
  correlation_id text NOT NULL,
  traceparent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT order_outcomes_pkey PRIMARY KEY (position)
);
CREATE UNIQUE INDEX order_outcomes_message_key ON order_outcomes (order_id, message_id);
CREATE INDEX order_outcomes_created_at_idx ON order_outcomes (created_at);

-- Sold units came back; the status tells that they were sold.
ALTER TABLE reservations ADD COLUMN returned_at timestamptz(3);
ALTER TABLE reservations ADD CONSTRAINT reservations_returned_check
  CHECK (returned_at IS NULL OR status = 'COMMITTED');
