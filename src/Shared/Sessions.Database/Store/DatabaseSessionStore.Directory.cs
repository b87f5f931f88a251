using Microsoft.EntityFrameworkCore;

namespace ShopSession.Sessions.Database.Store;

internal sealed partial class DatabaseSessionStore : ISessionDirectory
{
    public async ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return await database.RunAsync(async context =>
        {
            var now = Now;
            var rows = await context.Sessions.AsNoTracking()
                .Where(row => row.Tag == tag && row.Ordinal > 0 && row.Successor == null && row.ExpiresAt > now)
                .OrderByDescending(row => row.Ordinal).ToListAsync(cancellationToken).ConfigureAwait(false);
            var list = new List<SessionDevice>(rows.Count);
            foreach (var row in rows)
            {
                if (SessionBirth.FromBytes(row.Birth) is not { } birth) continue;
                var (agent, address) = row.Device is { } device ? devices.Unprotect(device) : ("", "");
                list.Add(new SessionDevice(
                    new SessionHandle(row.Handle), birth.CreatedAt, DatabaseClock.FromMicroseconds(row.LastSeenAt), DatabaseClock.FromMicroseconds(row.ExpiresAt), agent, address));
            }

            return list;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return await database.RunAsync(
            async context => await context.Sessions.Where(row => row.Handle == session.Value && row.Tag == tag).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return await database.TransactAsync(
            async context =>
            {
                await CountAsync(context, tag, signIns: 0, generations: 1, cancellationToken).ConfigureAwait(false);
                await context.Sessions.Where(row => row.Tag == tag && row.Ordinal > 0 && row.Successor != null).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                return await context.Sessions.Where(row => row.Tag == tag && row.Ordinal > 0).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return await database.RunAsync(
            context => context.Users.Where(row => row.Tag == tag).Select(row => row.Generation).SingleOrDefaultAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string> TagAsync(UserId user, CancellationToken cancellationToken) =>
        UserTag.For(user, await tagKey.GetAsync(cancellationToken).ConfigureAwait(false)).Value;
}
