-- Sizes are products of their own under the one that lists show; what is retired is no longer sold, but stays for old orders and links.
ALTER TABLE "products" ADD COLUMN "ParentId" INTEGER NULL CONSTRAINT "FK_products_products_ParentId" REFERENCES "products" ("Id") ON DELETE RESTRICT;
ALTER TABLE "products" ADD COLUMN "Size" TEXT NULL;
ALTER TABLE "products" ADD COLUMN "RetiredAt" INTEGER NULL;

CREATE INDEX "IX_products_ParentId" ON "products" ("ParentId");
