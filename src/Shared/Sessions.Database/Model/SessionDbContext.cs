using Microsoft.EntityFrameworkCore;

namespace ShopSession.Sessions.Database.Model;

/// <summary>The sessions of all services.</summary>
internal sealed class SessionDbContext(DbContextOptions<SessionDbContext> options) : DbContext(options)
{
    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<AttributeRow> Attributes => Set<AttributeRow>();

    public DbSet<CounterRow> Counters => Set<CounterRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions").HasKey(x => x.Handle).HasName("pk_sessions");
            session.Property(x => x.Tag).HasColumnName("tag");
            session.Property(x => x.Handle).HasColumnName("handle");
            session.Property(x => x.Ordinal).HasColumnName("ordinal");
            session.Property(x => x.Birth).HasColumnName("birth");
            session.Property(x => x.LastSeenAt).HasColumnName("last_seen_at");
            session.Property(x => x.ExpiresAt).HasColumnName("expires_at");
            session.Property(x => x.Ticket).HasColumnName("ticket");
            session.Property(x => x.Device).HasColumnName("device");
            session.Property(x => x.Successor).HasColumnName("successor");
            session.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_sessions_expires_at");
            session.HasIndex(x => new { x.Tag, x.Ordinal }).HasDatabaseName("ix_sessions_tag_ordinal").HasFilter("ordinal > 0");
            session.HasMany(x => x.Attributes).WithOne().HasForeignKey(x => x.Handle).HasConstraintName("fk_session_attributes_sessions_handle");
            session.HasMany<CounterRow>().WithOne().HasForeignKey(x => x.Handle).HasConstraintName("fk_session_counters_sessions_handle");
        });
        modelBuilder.Entity<AttributeRow>(attribute =>
        {
            attribute.ToTable("session_attributes").HasKey(x => new { x.Handle, x.Name }).HasName("pk_session_attributes");
            attribute.Property(x => x.Handle).HasColumnName("handle");
            attribute.Property(x => x.Name).HasColumnName("name");
            attribute.Property(x => x.Value).HasColumnName("value");
        });
        modelBuilder.Entity<CounterRow>(counter =>
        {
            counter.ToTable("session_counters").HasKey(x => new { x.Handle, x.Name }).HasName("pk_session_counters");
            counter.Property(x => x.Handle).HasColumnName("handle");
            counter.Property(x => x.Name).HasColumnName("name");
            counter.Property(x => x.Value).HasColumnName("value");
        });
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("session_users").HasKey(x => x.Tag).HasName("pk_session_users");
            user.Property(x => x.Tag).HasColumnName("tag");
            user.Property(x => x.Generation).HasColumnName("generation");
            user.Property(x => x.SignIns).HasColumnName("sign_ins");
            user.Property(x => x.KeepUntil).HasColumnName("keep_until");
            user.HasIndex(x => x.KeepUntil).HasDatabaseName("ix_session_users_keep_until");
        });
    }
}
