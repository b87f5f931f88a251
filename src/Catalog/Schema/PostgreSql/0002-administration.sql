-- Administration: a product's revision guards against lost edits, and every change is kept.
ALTER TABLE "products" ADD COLUMN "Revision" bigint NOT NULL DEFAULT 0;

CREATE TABLE "product_changes" (
    "Id" uuid NOT NULL CONSTRAINT "PK_product_changes" PRIMARY KEY,
    "ProductId" integer NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Actor" text NOT NULL,
    "ActorName" text NULL,
    "Field" text NOT NULL,
    "Before" text NOT NULL,
    "After" text NOT NULL,
    "Reason" text NULL,
    "Key" text NULL,
    CONSTRAINT "FK_product_changes_products_ProductId" FOREIGN KEY ("ProductId") REFERENCES "products" ("Id") ON DELETE RESTRICT
);

CREATE UNIQUE INDEX "IX_product_changes_Key" ON "product_changes" ("Key");
CREATE INDEX "IX_product_changes_ProductId_At" ON "product_changes" ("ProductId", "At");
