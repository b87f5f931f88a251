using Microsoft.Extensions.Options;

namespace ShopSession.Catalog.Stock;

/// <summary>How long holds are remembered; bound from the configuration section <c>Catalog:Holds</c>. What is set aside is not touched by it.</summary>
internal sealed class HoldOptions
{
    public const string Section = "Catalog:Holds";

    /// <summary>Holds whose pieces went back, counted from when they would have expired. Longer than a cart may repeat a call.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Holds whose pieces were sold. Once forgotten, a cancelled order cannot put its pieces back on the shelf any more.</summary>
    public TimeSpan KeepSold { get; set; } = TimeSpan.FromDays(400);
}

internal sealed class HoldOptionsValidator : IValidateOptions<HoldOptions>
{
    public ValidateOptionsResult Validate(string? name, HoldOptions options)
    {
        var wrong = new[] { (nameof(options.KeepEnded), options.KeepEnded), (nameof(options.KeepSold), options.KeepSold) }
            .Where(setting => setting.Item2 < TimeSpan.FromHours(1) || setting.Item2 > TimeSpan.FromDays(36_500))
            .Select(setting => $"{HoldOptions.Section}:{setting.Item1} is {setting.Item2}; allowed are 01:00:00 (an hour) to 36500.00:00:00.").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
