using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The column types that components bring, by the .NET type and the attribute of the members that hold them.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(Type Raw, DataViewTypeAttribute Attribute), DataViewType> ByRaw = [];
    private static readonly Dictionary<DataViewType, (Type Raw, DataViewTypeAttribute Attribute)> ByType = [];

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        Check.Param(TypeExtensions.Primitive(type) == null, nameof(type),
            $"Type {type} has been registered as ML.NET's default supported type, so it can't not be registered again.");
        var raw = (type, typeAttribute);
        lock (Gate)
        {
            if (ByRaw.TryGetValue(raw, out var known) && !known.Equals(dataViewType))
                throw Errors.Param(nameof(type), $"Repeated type register. The raw type {type} has been associated with {known} so it cannot be associated with {dataViewType}.");
            if (ByType.TryGetValue(dataViewType, out var holder) && !holder.Equals(raw))
                throw Errors.Param(nameof(dataViewType), $"Repeated type register. The DataView type {dataViewType} has been associated with {holder.Raw} so it cannot be associated with {type}.");
            ByRaw[raw] = dataViewType;
            ByType[dataViewType] = raw;
        }
    }

    [Obsolete("This API is deprecated, please use the new form of Register which takes in a single DataViewTypeAttribute instead.", false)]
    public static void Register(DataViewType dataViewType, Type type, IEnumerable<Attribute> typeAttributes)
    {
        var attributes = typeAttributes?.ToArray() ?? [];
        Check.Param(attributes.Length <= 1, nameof(type), $"Type {type} has too many attributes.");
        Check.Param(attributes.All(a => a is DataViewTypeAttribute), nameof(type), $"Type {type} has an attribute that is not of DataViewTypeAttribute.");
        Register(dataViewType, type, (DataViewTypeAttribute)attributes.FirstOrDefault());
    }

    /// <summary>The registered type for members of that .NET type and attribute, or null.</summary>
    internal static DataViewType Find(Type type, DataViewTypeAttribute attribute)
    {
        lock (Gate) return ByRaw.GetValueOrDefault((type, attribute));
    }

    internal static bool Knows(DataViewType type)
    {
        lock (Gate) return ByType.ContainsKey(type);
    }
}
