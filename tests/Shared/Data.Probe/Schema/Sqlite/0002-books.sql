CREATE TABLE "Books" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Books" PRIMARY KEY AUTOINCREMENT,
    "Title" TEXT NOT NULL,
    "Price" INTEGER NOT NULL,
    "PublishedAt" INTEGER NOT NULL,
    "ShelfId" INTEGER NOT NULL,
    CONSTRAINT "FK_Books_Shelves_ShelfId" FOREIGN KEY ("ShelfId") REFERENCES "Shelves" ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_Books_PublishedAt" ON "Books" ("PublishedAt");
CREATE INDEX "IX_Books_ShelfId" ON "Books" ("ShelfId");
CREATE UNIQUE INDEX "IX_Shelves_Name" ON "Shelves" ("Name");
