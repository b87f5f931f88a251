using System.Text.Json.Serialization;

namespace ShopSession.Gateway.Errors;

internal sealed record ProblemBody(string Type, string Title, int Status, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class GatewayJson : JsonSerializerContext;
