-- What an API needs beside the numbers: who moved the stock and what they noted, the state of an
-- item that a conditional request names, and lists of a warehouse in the order of their cursor.

-- The subject of a token, which need not be a UUID.
ALTER TABLE stock_movements ALTER COLUMN performed_by TYPE varchar(255);
ALTER TABLE stock_movements ADD COLUMN note varchar(255);

ALTER TABLE stock_items ADD COLUMN version bigint NOT NULL DEFAULT 0;

DROP INDEX stock_items_warehouse_id_idx;
CREATE INDEX stock_items_warehouse_id_idx ON stock_items (warehouse_id, id);
