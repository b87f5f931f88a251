using ShopSession.Auth.Passwords;

namespace ShopSession.Auth.Tests.Passwords;

public sealed class PasswordPolicyTests
{
    private static readonly PasswordPolicy Policy = new(new CommonPasswords());

    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("password123")]
    [InlineData("123password")]
    [InlineData("p4ssw0rd2024")]
    [InlineData("12345678")]
    [InlineData("1234567890")]
    [InlineData("87654321")]
    [InlineData("19901231")]
    [InlineData("11111111")]
    [InlineData("aaaaaaaa")]
    [InlineData("abcabcabc")]
    [InlineData("abcdefgh")]
    [InlineData("qwertyuiop")]
    [InlineData("qwerty123")]
    [InlineData("qwerasdf")]
    [InlineData("1qaz2wsx")]
    [InlineData("1q2w3e4r")]
    [InlineData("zaq12wsx")]
    [InlineData("iloveyou")]
    [InlineData("iloveyou2")]
    [InlineData("sunshine")]
    [InlineData("princess1")]
    [InlineData("football")]
    [InlineData("baseball9")]
    [InlineData("trustno1")]
    [InlineData("superman")]
    [InlineData("starwars")]
    [InlineData("michelle")]
    [InlineData("jennifer1!")]
    [InlineData("liverpool")]
    [InlineData("letmein!")]
    [InlineData("welcome1")]
    [InlineData("changeme")]
    [InlineData("admin123")]
    [InlineData("passwordpassword")]
    [InlineData("monkeydragon")]
    [InlineData("Summer2026!")]
    [InlineData("December25")]
    [InlineData("Holdfast1")]
    [InlineData("holdfast2026")]
    [InlineData("ShopSession!")]
    [InlineData("shop.localhost")]
    public void What_is_tried_first_is_refused(string password) => Assert.Contains("first passwords", Policy.Check(password, "someone@example.com", "Someone Else"), StringComparison.Ordinal);

    [Theory]
    [InlineData("mary@harbour.example", "mary@harbour.example", "Someone")]
    [InlineData("maryanne.smith", "maryanne.smith@example.com", "Mary Smith")]
    [InlineData("MarySmith99", "m@example.com", "Mary Smith")]
    [InlineData("wintherbottom1", "x@wintherbottom.example", "X")]
    public void What_belongs_to_the_owner_is_refused(string password, string email, string name) => Assert.NotNull(Policy.Check(password, email, name));

    [Theory]
    [InlineData("lowercasewordsonly harbour")]
    [InlineData("correct horse battery staple")]
    [InlineData("xk7!pq2w")]
    [InlineData("        x tulip")]
    [InlineData("пароль-у-моря")]
    [InlineData("鲸鱼在港口里游泳吗")]
    [InlineData("🦀🐙🦑🦐🐡🐠🐟🐬")]
    [InlineData("a long pass phrase 8f3a")]
    public void Length_is_enough_whatever_the_characters(string password) => Assert.Null(Policy.Check(password, "someone@example.com", "Someone"));

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(64, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(1_000_000, false)]
    public void The_length_is_from_8_to_128(int length, bool accepted) =>
        Assert.Equal(accepted, Policy.Check(Words(length), null, null) is null);

    [Fact]
    public void Characters_outside_the_basic_plane_count_once()
    {
        var whales = string.Concat(Enumerable.Range(0, 128).Select(i => char.ConvertFromUtf32(0x1F300 + i * i % 701)));
        Assert.Null(Policy.Check(whales, null, null));
        Assert.NotNull(Policy.Check(whales + "x", null, null));
    }

    [Fact]
    public void Half_a_character_is_no_text() => Assert.NotNull(Policy.Check("lantern \ud83e harbour", null, null));

    private static string Words(int length)
    {
        // Not a pattern: a small generator with a fixed seed.
        var state = 12345u;
        return string.Create(length, 0, (span, _) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                state = state * 1664525 + 1013904223;
                span[i] = (char)('a' + (state >> 24) % 26);
            }
        });
    }
}
