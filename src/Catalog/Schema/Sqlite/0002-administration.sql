-- Administration: a product's revision guards against lost edits, and every change is kept.
ALTER TABLE "products" ADD COLUMN "Revision" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "product_changes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_product_changes" PRIMARY KEY,
    "ProductId" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "ActorName" TEXT NULL,
    "Field" TEXT NOT NULL,
    "Before" TEXT NOT NULL,
    "After" TEXT NOT NULL,
    "Reason" TEXT NULL,
    "Key" TEXT NULL,
    CONSTRAINT "FK_product_changes_products_ProductId" FOREIGN KEY ("ProductId") REFERENCES "products" ("Id") ON DELETE RESTRICT
);

CREATE UNIQUE INDEX "IX_product_changes_Key" ON "product_changes" ("Key");
CREATE INDEX "IX_product_changes_ProductId_At" ON "product_changes" ("ProductId", "At");
