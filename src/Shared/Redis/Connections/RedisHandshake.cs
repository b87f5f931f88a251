namespace ShopSession.Redis.Connections;

/// <summary>Agrees on the protocol, signs in, selects the database and makes sure that the server serves.</summary>
internal static class RedisHandshake
{
    public static async Task RunAsync(RedisConnection connection, RedisClientOptions options, CancellationToken cancellationToken)
    {
        if (options.Protocol != 3 || !await TryHelloAsync(connection, options, cancellationToken).ConfigureAwait(false))
            await SignInAsync(connection, options, cancellationToken).ConfigureAwait(false);

        if (options.Database != 0)
            (await SendAsync(connection, new RedisCommand("SELECT", (long)options.Database), cancellationToken).ConfigureAwait(false)).ThrowIfError();
        // Answers with an error while the server loads its data, and when a password is missing.
        (await SendAsync(connection, new RedisCommand("PING"), cancellationToken).ConfigureAwait(false)).ThrowIfError();
    }

    // False: the server knows no RESP3.
    private static async Task<bool> TryHelloAsync(RedisConnection connection, RedisClientOptions options, CancellationToken cancellationToken)
    {
        var arguments = new List<RedisArgument> { "3" };
        if (options.Password is { } password) arguments.AddRange(["AUTH", options.User ?? "default", password]);
        if (options.ClientName is { } name) arguments.AddRange(["SETNAME", name]);
        var reply = await SendAsync(connection, new RedisCommand("HELLO", [.. arguments]), cancellationToken).ConfigureAwait(false);
        if (!reply.IsError)
        {
            connection.Protocol = 3;
            connection.ServerMode = ModeOf(reply);
            return true;
        }

        var error = Refusal(reply);
        // NOPROTO: knows HELLO but not version 3. ERR: does not know HELLO (Redis before 6, some proxies).
        return error.Code is "NOPROTO" or "ERR" ? false : throw error;
    }

    // Servers repeat the arguments of what they do not know: these are the user and the password.
    private static RedisServerException Refusal(in RedisReply reply)
    {
        var text = reply.AsString()!;
        var end = text.IndexOf(", with args", StringComparison.Ordinal);
        return new RedisServerException(end >= 0 ? text[..end] : text);
    }

    private static string? ModeOf(in RedisReply hello)
    {
        if (hello.Type is not (RedisReplyType.Map or RedisReplyType.Array)) return null;
        for (var i = 0; i + 1 < hello.Items.Count; i += 2)
            if (hello.Items[i].AsString() == "mode") return hello.Items[i + 1].AsString();
        return null;
    }

    private static async Task SignInAsync(RedisConnection connection, RedisClientOptions options, CancellationToken cancellationToken)
    {
        if (options.Password is { } password)
        {
            var command = options.User is { } user ? new RedisCommand("AUTH", user, password) : new RedisCommand("AUTH", password);
            var reply = await SendAsync(connection, command, cancellationToken).ConfigureAwait(false);
            if (reply.IsError) throw Refusal(reply);
        }

        if (options.ClientName is { } name)
            (await SendAsync(connection, new RedisCommand("CLIENT", "SETNAME", name), cancellationToken).ConfigureAwait(false)).ThrowIfError();
    }

    // The limit on the whole attempt is the token's.
    private static ValueTask<RedisReply> SendAsync(RedisConnection connection, RedisCommand command, CancellationToken cancellationToken) =>
        connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken);
}
