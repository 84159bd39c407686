-- Pictures that were sent as one album are one event, whenever its parts arrive.

ALTER TABLE inbox ADD COLUMN album TEXT;
CREATE INDEX inbox_album ON inbox (lane, album) WHERE album IS NOT NULL;
