using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says where a project is. The build makes one such type, <c>Projects.Name</c>, for each project that the application host references.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The project file.</summary>
    string ProjectPath { get; }

    /// <summary>Its launch settings, when they are not to be read from beside it.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether it was built together with the application host.</summary>
    bool SuppressBuild => false;

    /// <summary>Whether it is a program of a single file.</summary>
    bool IsFileBasedApp => ProjectPath.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Says also what the project was built into, so that it need not be asked for at start.</summary>
public interface IProjectOutputMetadata : IProjectMetadata
{
    /// <summary>The assembly.</summary>
    string AssemblyPath { get; }
}
