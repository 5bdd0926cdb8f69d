using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model says of itself; <see cref="CustomMetadataMap"/> has its metadata_props.</summary>
public class ModelMetadata
{
    internal unsafe ModelMetadata(nint session)
    {
        nint metadata = Native.Get(Function.SessionGetModelMetadata, session), allocator = OrtAllocator.DefaultInstance.Pointer;
        try
        {
            string Text(Function get) => Utf8.Take(Native.Get(get, metadata, allocator));
            ProducerName = Text(Function.ModelMetadataGetProducerName);
            GraphName = Text(Function.ModelMetadataGetGraphName);
            Domain = Text(Function.ModelMetadataGetDomain);
            Description = Text(Function.ModelMetadataGetDescription);
            GraphDescription = Text(Function.ModelMetadataGetGraphDescription);
            Version = Native.Get(Function.ModelMetadataGetVersion, metadata);

            nint keys = 0;
            long count = 0;
            Native.Do(Function.ModelMetadataGetCustomMetadataMapKeys, metadata, allocator, (nint)(&keys), (nint)(&count));
            for (int i = 0; i < count; i++)
            {
                nint key = Marshal.ReadIntPtr(keys, i * IntPtr.Size), value = Native.Get(Function.ModelMetadataLookupCustomMetadataMap, metadata, allocator, key);
                CustomMetadataMap[Utf8.Take(key)] = Utf8.Take(value);
            }
            if (keys != 0) Native.Do(Function.AllocatorFree, allocator, keys);
        }
        finally
        {
            Native.Release(Function.ReleaseModelMetadata, metadata);
        }
    }

    public string ProducerName { get; }

    public string GraphName { get; }

    public string Domain { get; }

    public string Description { get; }

    public string GraphDescription { get; }

    public long Version { get; }

    public Dictionary<string, string> CustomMetadataMap { get; } = [];
}
