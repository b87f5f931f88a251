using System.Net;

namespace ShopSession.Redis.Embedded;

/// <summary>How an <see cref="EmbeddedRedisServer"/> runs.</summary>
public sealed record EmbeddedRedisOptions
{
    /// <summary>The TCP port; 0 (the default) takes a free one, see <see cref="EmbeddedRedisServer.Port"/>.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. Anything but loopback needs a <see cref="Password"/>.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>The data directory, created when missing and used by one store at a time; <see langword="null"/>: nothing is kept.</summary>
    public string? Directory { get; init; }

    /// <summary>The password that clients must give; <see langword="null"/> or empty: none.</summary>
    public string? Password { get; init; }

    /// <summary>Bytes that keys and values may take, by the store's own estimate. Beyond it commands that need memory get an OOM error. At least 1 MB.</summary>
    public long MaxMemory { get; init; } = 256L * 1024 * 1024;

    /// <summary>When writes are brought to the disk.</summary>
    public AppendFsync AppendFsync { get; init; }

    /// <summary>The number of databases for SELECT, 1 to 1,024.</summary>
    public int Databases { get; init; } = 16;

    /// <summary>Connections at the same time; more are refused with an error.</summary>
    public int MaxClients { get; init; } = 10_000;

    /// <summary>The longest argument in bytes, 1 kB to 512 MB.</summary>
    public int MaxBulkBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>The log is not rewritten before it has this size. From then on it is rewritten whenever it has doubled.</summary>
    public long RewriteMinimumBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Messages and invalidations in bytes that may wait for one client; who does not keep up is disconnected.</summary>
    public long PushLimitBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Cuts a damaged log at the damage, keeping a copy, instead of refusing to start.</summary>
    public bool Repair { get; init; }

    /// <summary>The clock that expiry goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes what an operator should know, one line at a time. May be called from any thread.</summary>
    public Action<string>? Report { get; init; }

    /// <exception cref="EmbeddedRedisException">A value is out of its range.</exception>
    internal IPAddress Validate()
    {
        Require(Port is >= 0 and <= 65535, $"The port {Port} is not one: give a number from 1 to 65535, or 0 for a free one.");
        Require(IPAddress.TryParse(Bind, out var address), $"'{Bind}' is no address to listen on: give an IP address such as 127.0.0.1.");
        // ::ffff:127.0.0.1 is another way to write an IPv4 address; a socket takes it in the plain form.
        if (address!.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Require(IPAddress.IsLoopback(address) || !string.IsNullOrEmpty(Password), $"Listening on {Bind}, which others can reach, needs a password (--requirepass).");
        Require(MaxMemory >= 1024 * 1024, $"{MaxMemory} bytes of memory are too few: give at least 1048576 (1 MB).");
        Require(Databases is >= 1 and <= 1024, $"{Databases} databases are not possible: give 1 to 1024.");
        Require(MaxClients is >= 1 and <= 100_000, $"{MaxClients} connections are not possible: give 1 to 100000.");
        Require(MaxBulkBytes is >= 1024 and <= 512 * 1024 * 1024, $"Arguments of {MaxBulkBytes} bytes are not possible: give 1024 to 536870912.");
        Require(RewriteMinimumBytes >= 0, "The size from which the log is rewritten cannot be negative.");
        Require(PushLimitBytes >= 1024, "The limit of waiting messages must be at least 1024 bytes.");
        return address;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new EmbeddedRedisException(message);
    }
}
