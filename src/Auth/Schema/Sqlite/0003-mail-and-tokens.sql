CREATE TABLE "OutboxMails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OutboxMails" PRIMARY KEY,
    "Content" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL
);

CREATE INDEX "IX_OutboxMails_DueAt" ON "OutboxMails" ("DueAt");

CREATE TABLE "DevelopmentMails" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DevelopmentMails" PRIMARY KEY AUTOINCREMENT,
    "To" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "SentAt" INTEGER NOT NULL
);

CREATE TABLE "AccountTokens" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_AccountTokens" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "Purpose" INTEGER NOT NULL,
    "Email" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "FK_AccountTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_AccountTokens_UserId" ON "AccountTokens" ("UserId");

CREATE INDEX "IX_AccountTokens_ExpiresAt" ON "AccountTokens" ("ExpiresAt");
