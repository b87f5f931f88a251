using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Passwords;

namespace ShopSession.Auth.Tests.Passwords;

public sealed class PasswordHashTests
{
    private static readonly ShopUser User = new() { DisplayName = "Someone" };

    private static readonly IOptions<PasswordHasherOptions> Real = Options.Create(new PasswordHasherOptions { IterationCount = PasswordHashing.Iterations });

    [Fact]
    public void A_hash_has_at_least_220000_rounds_of_PBKDF2_with_SHA512()
    {
        var layout = Convert.FromBase64String(new ShopPasswordHasher(Real).HashPassword(User, "lantern"));
        Assert.Equal(0x01, layout[0]);
        Assert.Equal(2u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(layout.AsSpan(1)));
        Assert.Equal(220_000u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(layout.AsSpan(5)));
    }

    [Theory]
    [InlineData("lantern at the harbour", "lantern at the harbou")]
    [InlineData("lantern at the harbour", "Lantern at the harbour")]
    [InlineData("lantern at the harbour", "lantern at the harbour ")]
    [InlineData("nul\0inside the word", "nul\0inside the wore")]
    [InlineData("nul\0inside the word", "nul")]
    public void Passwords_are_compared_to_the_last_character(string password, string other)
    {
        var hasher = new ShopPasswordHasher(Real);
        var hash = hasher.HashPassword(User, password);
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(User, hash, password));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(User, hash, other));
    }

    [Fact]
    public void The_same_letters_typed_on_another_system_are_the_same_password()
    {
        var hasher = new ShopPasswordHasher(Real);
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(User, hasher.HashPassword(User, "cafe\u0301 am hafen"), "caf\u00e9 am hafen"));
    }

    [Fact]
    public void A_hash_with_fewer_rounds_is_to_be_renewed()
    {
        var old = new PasswordHasher<ShopUser>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(User, "lantern");
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, new ShopPasswordHasher(Real).VerifyHashedPassword(User, old, "lantern"));
    }

    [Fact]
    public async Task Without_an_account_the_same_work_is_done_and_fails()
    {
        var hasher = new CountingHasher();
        using var work = new PasswordWork(hasher, Real);
        Assert.Equal(PasswordVerificationResult.Failed, await work.VerifyAsync(null, "lantern", TestContext.Current.CancellationToken));
        Assert.Equal([220_000u], hasher.Rounds);
    }

    private sealed class CountingHasher : IPasswordHasher<ShopUser>
    {
        private readonly ShopPasswordHasher _real = new(Real);

        public List<uint> Rounds { get; } = [];

        public string HashPassword(ShopUser user, string password) => _real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(ShopUser user, string hashedPassword, string providedPassword)
        {
            Rounds.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5)));
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
