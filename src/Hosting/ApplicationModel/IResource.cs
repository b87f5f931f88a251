namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the system: a project, a store, a parameter.</summary>
public interface IResource
{
    /// <summary>The name, unique in the model without regard to case.</summary>
    string Name { get; }

    /// <summary>What is known of the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Anything that can be attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>A resource whose process takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource whose process takes command-line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens somewhere.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that does work when deployed.</summary>
public interface IComputeResource : IResource;

/// <summary>A resource that belongs to another one.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The owner.</summary>
    IResource Parent { get; }
}

/// <summary>A resource that belongs to another one of a known type.</summary>
/// <typeparam name="T">The owner's type.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    /// <summary>The owner.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
