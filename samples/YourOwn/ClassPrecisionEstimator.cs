using Microsoft.ML;
using Microsoft.ML.Data;

namespace YourOwn;

/// <summary>An estimator of your own: learns how often each predicted class is right, and adds that as a column "Precision". Which stock
/// transformer does it then is chosen here; what it knows is learnt here.</summary>
internal sealed class ClassPrecisionEstimator(MLContext ml, string labelColumnName, string classColumnName) : IEstimator<ClassPrecisionTransformer>
{
    public ClassPrecisionTransformer Fit(IDataView input)
    {
        var labels = input.GetColumn<string>(labelColumnName);
        var precision = labels.Zip(input.GetColumn<string>(classColumnName))
            .GroupBy(row => row.Second)
            .ToDictionary(rows => rows.Key, rows => rows.Average(row => row.First == row.Second ? 1f : 0f));
        return new(Stock(precision).Fit(input), precision);
    }

    // The shape does not depend on what is learnt.
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Stock(new() { [""] = 0 }).GetOutputSchema(inputSchema);

    private IEstimator<ITransformer> Stock(Dictionary<string, float> precision) =>
        ml.Transforms.Conversion.MapValue("Precision", precision, classColumnName);
}
