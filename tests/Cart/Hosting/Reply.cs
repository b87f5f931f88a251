using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>An answer, read to its end.</summary>
public sealed record Reply(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The end of the problem's type, after checking that it is a problem document.</summary>
    public string Problem
    {
        get
        {
            Assert.Equal("application/problem+json", ContentType);
            return ((string)Json["type"]!).Split('/')[^1];
        }
    }

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, headers);
    }

    public JsonNode Ok() => Expect(200).Json;

    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text[..Math.Min(Text.Length, 1000)]}");
        return this;
    }

    /// <summary>Checks status and kind of a problem, and that it names the field when one is given.</summary>
    public Reply ExpectProblem(int status, string type, string? field = null)
    {
        Expect(status);
        Assert.Equal(type, Problem);
        if (field is not null) Assert.True(Json["errors"]?[field] is JsonArray { Count: > 0 }, $"Expected errors for {field}: {Text}");
        Assert.DoesNotContain("Exception", Text, StringComparison.Ordinal);
        return this;
    }
}
