CREATE TABLE "categories" (
    "Id" integer NOT NULL CONSTRAINT "PK_categories" PRIMARY KEY,
    "Slug" text NOT NULL,
    "Name" text NOT NULL,
    "Blurb" text NOT NULL,
    "Ground" text NOT NULL
);

CREATE TABLE "products" (
    "Id" integer NOT NULL CONSTRAINT "PK_products" PRIMARY KEY,
    "Slug" text NOT NULL,
    "Name" text NOT NULL,
    "CategoryId" integer NOT NULL,
    "Family" text NULL,
    "Colour" text NULL,
    "Kind" text NOT NULL,
    "Palette" text NOT NULL,
    "Price" bigint NOT NULL,
    "Stock" integer NOT NULL,
    "Held" integer NOT NULL,
    "Rating" double precision NOT NULL,
    "Ratings" integer NOT NULL,
    "Summary" text NOT NULL,
    "Description" text NOT NULL,
    "Facts" text NOT NULL,
    "Words" text NOT NULL,
    CONSTRAINT "ck_products_stock" CHECK ("Stock" >= 0),
    CONSTRAINT "ck_products_held" CHECK ("Held" >= 0 AND "Held" <= "Stock"),
    CONSTRAINT "FK_products_categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "categories" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "stock_holds" (
    "OrderId" uuid NOT NULL CONSTRAINT "PK_stock_holds" PRIMARY KEY,
    "State" integer NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL
);

CREATE TABLE "stock_hold_lines" (
    "OrderId" uuid NOT NULL,
    "ProductId" integer NOT NULL,
    "Quantity" integer NOT NULL,
    CONSTRAINT "PK_stock_hold_lines" PRIMARY KEY ("OrderId", "ProductId"),
    CONSTRAINT "FK_stock_hold_lines_products_ProductId" FOREIGN KEY ("ProductId") REFERENCES "products" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_hold_lines_stock_holds_OrderId" FOREIGN KEY ("OrderId") REFERENCES "stock_holds" ("OrderId") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_categories_Slug" ON "categories" ("Slug");
CREATE INDEX "IX_products_CategoryId_Price" ON "products" ("CategoryId", "Price");
CREATE INDEX "IX_products_Family" ON "products" ("Family");
CREATE INDEX "IX_products_Price" ON "products" ("Price");
CREATE UNIQUE INDEX "IX_products_Slug" ON "products" ("Slug");
CREATE INDEX "IX_stock_hold_lines_ProductId" ON "stock_hold_lines" ("ProductId");
CREATE INDEX "IX_stock_holds_State_ExpiresAt" ON "stock_holds" ("State", "ExpiresAt");

-- The words of each product, weighted: name A, further words B, category and summary C, description D.
CREATE TABLE product_search (product_id integer NOT NULL PRIMARY KEY, document tsvector NOT NULL);
CREATE INDEX ix_product_search_document ON product_search USING gin (document);

-- Every word that can be found, to correct a mistyped one with.
CREATE TABLE "search_words" ("word" text NOT NULL CONSTRAINT "PK_search_words" PRIMARY KEY, "products" integer NOT NULL);
