CREATE TABLE "RecoveryCodes" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_RecoveryCodes" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "FK_RecoveryCodes_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_RecoveryCodes_UserId" ON "RecoveryCodes" ("UserId");

CREATE TABLE "UsedCodes" (
    "UserId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "UsedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_UsedCodes" PRIMARY KEY ("UserId", "Code"),
    CONSTRAINT "FK_UsedCodes_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
