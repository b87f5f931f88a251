CREATE TABLE "categories" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_categories" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Blurb" TEXT NOT NULL,
    "Ground" TEXT NOT NULL
);

CREATE TABLE "products" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_products" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "CategoryId" INTEGER NOT NULL,
    "Family" TEXT NULL,
    "Colour" TEXT NULL,
    "Kind" TEXT NOT NULL,
    "Palette" TEXT NOT NULL,
    "Price" INTEGER NOT NULL,
    "Stock" INTEGER NOT NULL,
    "Held" INTEGER NOT NULL,
    "Rating" REAL NOT NULL,
    "Ratings" INTEGER NOT NULL,
    "Summary" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "Facts" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    CONSTRAINT "ck_products_stock" CHECK ("Stock" >= 0),
    CONSTRAINT "ck_products_held" CHECK ("Held" >= 0 AND "Held" <= "Stock"),
    CONSTRAINT "FK_products_categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "categories" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "stock_holds" (
    "OrderId" TEXT NOT NULL CONSTRAINT "PK_stock_holds" PRIMARY KEY,
    "State" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL
);

CREATE TABLE "stock_hold_lines" (
    "OrderId" TEXT NOT NULL,
    "ProductId" INTEGER NOT NULL,
    "Quantity" INTEGER NOT NULL,
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

-- The words of each product; rowid is its id. Weights are given when asking.
CREATE VIRTUAL TABLE product_search USING fts5 (name, words, category, summary, description, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4');

-- Every word that can be found, to correct a mistyped one with.
CREATE TABLE "search_words" ("word" TEXT NOT NULL CONSTRAINT "PK_search_words" PRIMARY KEY, "products" INTEGER NOT NULL);
