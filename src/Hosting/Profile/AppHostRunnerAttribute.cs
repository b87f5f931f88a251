namespace ShopSession.Hosting;

/// <summary>
/// Names the type that sets up the runner for an application: settings, notes, checks. It stands on the application host's assembly, apart from
/// the model, because other engines that run the same model know nothing of it.
/// </summary>
/// <param name="profile">A type with a default constructor that implements <see cref="IRunnerProfile"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AppHostRunnerAttribute(Type profile) : Attribute
{
    /// <summary>The type.</summary>
    public Type Profile { get; } = profile;
}

/// <summary>Sets up the runner for an application.</summary>
public interface IRunnerProfile
{
    /// <summary>Called once, before the model is described.</summary>
    void Configure(RunnerOptions options);
}
