using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passwords;

/// <summary>
/// Checks passwords. Each check costs about a tenth of a second of one core on purpose, so no more run at once than there are cores: a wave of
/// sign-ins waits in line instead of starving every other request. Safe for concurrent use.
/// </summary>
internal sealed class PasswordWork(IPasswordHasher<ShopUser> hasher, IOptions<PasswordHasherOptions> options) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly ShopUser _nobody = new() { DisplayName = "" };
    private readonly string _decoy = MakeDecoy(options.Value.IterationCount);

    /// <summary>Compares a password with the account's. Without an account (or without a password on it) the same work is done, and fails.</summary>
    /// <exception cref="PasswordWorkBusyException">Too many are waiting.</exception>
    public Task<PasswordVerificationResult> VerifyAsync(ShopUser? user, string password, CancellationToken cancellationToken) =>
        RunAsync(() => Task.FromResult(Verify(user, password)), cancellationToken);

    /// <summary>Runs work that hashes a password, in line with the other work.</summary>
    /// <exception cref="PasswordWorkBusyException">Too many are waiting.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (!await _cores.WaitAsync(LongestWait, cancellationToken)) throw new PasswordWorkBusyException();
        try
        {
            return await work();
        }
        finally
        {
            _cores.Release();
        }
    }

    public void Dispose() => _cores.Dispose();

    private PasswordVerificationResult Verify(ShopUser? user, string password)
    {
        if (user?.PasswordHash is { } hash) return hasher.VerifyHashedPassword(user, hash, password);
        hasher.VerifyHashedPassword(_nobody, _decoy, password);
        return PasswordVerificationResult.Failed;
    }

    /// <summary>A hash that no password has, in the layout of Identity's <c>PasswordHasher</c>, version 3, so that checking it takes as long as any.</summary>
    /// <remarks>0x01 | PRF (2 = HMAC-SHA512) | iterations | salt length (each 32 bit, big-endian) | salt | subkey.</remarks>
    private static string MakeDecoy(int iterations)
    {
        Span<byte> layout = stackalloc byte[13 + 16 + 32];
        RandomNumberGenerator.Fill(layout);
        layout[0] = 0x01;
        BinaryPrimitives.WriteUInt32BigEndian(layout[1..], 2);
        BinaryPrimitives.WriteUInt32BigEndian(layout[5..], (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(layout[9..], 16);
        return Convert.ToBase64String(layout);
    }
}

/// <summary>More passwords wait to be checked than can be in time. Answer 503; nothing was checked.</summary>
internal sealed class PasswordWorkBusyException() : Exception("More passwords wait to be checked than can be in time.");
