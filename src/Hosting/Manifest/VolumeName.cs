using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Publishing;

/// <summary>The names of volumes: the application's name, a short hash of it, the resource, a suffix.</summary>
internal static class VolumeName
{
    private const int HashLength = 10;

    public static string Generate(IDistributedApplicationBuilder builder, string resource, string suffix)
    {
        var application = builder.Environment.ApplicationName;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(application)))[..HashLength];
        var name = string.Concat(application.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? char.ToLowerInvariant(c) : '_'));
        return $"{name}-{hash}-{resource}-{suffix}";
    }
}
