CREATE TABLE "Addresses" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Addresses" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "Slot" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Line1" TEXT NOT NULL,
    "Line2" TEXT NULL,
    "City" TEXT NOT NULL,
    "PostalCode" TEXT NOT NULL,
    "Country" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "PreferredAt" INTEGER NULL,
    CONSTRAINT "FK_Addresses_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_Addresses_UserId_Slot" ON "Addresses" ("UserId", "Slot");
