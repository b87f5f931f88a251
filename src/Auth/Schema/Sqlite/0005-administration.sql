ALTER TABLE "AspNetUsers" ADD COLUMN "SuspendedAt" INTEGER NULL;

CREATE TABLE "AuditEntries" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AuditEntries" PRIMARY KEY AUTOINCREMENT,
    "At" INTEGER NOT NULL,
    "ActorId" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Detail" TEXT NULL,
    "Address" TEXT NOT NULL
);

CREATE INDEX "IX_AuditEntries_SubjectId" ON "AuditEntries" ("SubjectId");

CREATE TRIGGER "AuditEntries_no_update" BEFORE UPDATE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;

CREATE TRIGGER "AuditEntries_no_delete" BEFORE DELETE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;

CREATE TABLE "Erasures" (
    "UserId" TEXT NOT NULL CONSTRAINT "PK_Erasures" PRIMARY KEY,
    "DueAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL
);
