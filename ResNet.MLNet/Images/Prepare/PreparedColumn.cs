using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Images;

/// <summary>What is prepared, and how.</summary>
internal sealed record PreparedColumn(string Output, string Input, Preprocessing Preprocessing, PrepareImagesMode Mode)
{
    /// <summary>The new column's type.</summary>
    public VectorDataViewType Type => new(NumberDataViewType.Single, 3, Preprocessing.Crop, Preprocessing.Crop);
}
