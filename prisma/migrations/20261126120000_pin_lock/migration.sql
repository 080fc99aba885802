-- How often in a row a box's PIN was keyed in wrongly, and until when it opens to nobody for that.
ALTER TABLE "voicemail_boxes"
  ADD COLUMN "pin_failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "locked_until" TIMESTAMPTZ(3);
