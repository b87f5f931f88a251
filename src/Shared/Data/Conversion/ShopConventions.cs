using Microsoft.EntityFrameworkCore;

namespace ShopSession.Data;

/// <summary>How the shop's values are stored, the same in every service.</summary>
public static class ShopConventions
{
    /// <summary>
    /// Every <see cref="decimal"/> is money in cents (<see cref="MoneyConverter"/>) and every <see cref="DateTimeOffset"/> an instant in UTC,
    /// exact to the microsecond. Call it from <c>ConfigureConventions</c> with the context's own <c>Database.ProviderName</c>.
    /// </summary>
    public static ModelConfigurationBuilder UseShopConventions(this ModelConfigurationBuilder configuration, string? providerName)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Properties<decimal>().HaveConversion<MoneyConverter>();
        var instants = configuration.Properties<DateTimeOffset>();
        if (providerName?.EndsWith("Sqlite", StringComparison.Ordinal) == true) instants.HaveConversion<UtcInstantConverter>();
        else instants.HaveConversion<UtcOffsetConverter>();
        return configuration;
    }
}
